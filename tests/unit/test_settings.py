"""Settings: a flag before the environment, before config.toml, before the default."""

import pytest

from companion.errors import Invalid
from companion.settings import load


def test_the_first_source_that_has_a_value_wins(tmp_path):
    (tmp_path / "config.toml").write_text('zone = "Europe/Brussels"\nport = 7801\nlanguage = "nl"\n')
    environment = {"KWARTIER_PORT": "7802", "KWARTIER_DATA": str(tmp_path)}
    from_file = load(environment={"KWARTIER_DATA": str(tmp_path)})
    assert (from_file.zone.key, from_file.port, from_file.language) == ("Europe/Brussels", 7801, "nl")
    assert load(environment=environment).port == 7802
    assert load(port=7803, environment=environment).port == 7803


def test_without_any_source_the_system_decides(tmp_path):
    settings = load(tmp_path, environment={})
    assert settings.zone.key
    assert settings.port is None
    assert settings.language is None


@pytest.mark.parametrize(
    ("environment", "field"),
    [
        ({"KWARTIER_ZONE": "Mars/Base"}, "zone"),
        ({"KWARTIER_ZONE": "../../etc/passwd"}, "zone"),
        ({"KWARTIER_PORT": "99999"}, "port"),
        ({"KWARTIER_PORT": "http"}, "port"),
        ({"KWARTIER_LANGUAGE": "fr"}, "language"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(tmp_path, environment, field):
    with pytest.raises(Invalid) as refusal:
        load(tmp_path, environment=environment)
    assert refusal.value.problems[0]["path"] == field


def test_a_broken_config_file_is_named(tmp_path):
    (tmp_path / "config.toml").write_text("zone = ")
    with pytest.raises(Invalid, match=r"config\.toml"):
        load(tmp_path, environment={})
