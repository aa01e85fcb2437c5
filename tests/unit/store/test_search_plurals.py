"""Plurals: a search for one form of a word finds the other, and no other word."""

import pytest

from companion.store.search.plurals import forms

PAIRS = """
werkgever/werkgevers medewerker/medewerkers klant/klanten rooster/roosters organisatie/organisaties visie/visies
boom/bomen taak/taken kantoor/kantoren voordeel/voordelen probleem/problemen baan/banen uur/uren oog/ogen
bal/ballen man/mannen bom/bommen wet/wetten vergadering/vergaderingen recht/rechten belang/belangen
brief/brieven bedrijf/bedrijven golf/golven huis/huizen prijs/prijzen reis/reizen baas/bazen kaas/kazen
mens/mensen kans/kansen eis/eisen grens/grenzen les/lessen vrouw/vrouwen bakkerij/bakkerijen directeur/directeuren
mogelijkheid/mogelijkheden overheid/overheden gemeente/gemeenten ziekte/ziektes bijdrage/bijdragen
artikel/artikelen middel/middelen sector/sectoren categorie/categorieen idee/ideeen bacterie/bacterien
kind/kinderen ei/eieren stad/steden binnenstad/binnensteden lid/leden teamlid/teamleden schip/schepen werkdag/werkdagen
weg/wegen museum/musea centrum/centra criterium/criteria medicus/medici crisis/crises analyse/analyses
employee/employees team/teams job/jobs law/laws box/boxes process/processes church/churches brush/brushes hero/heroes
company/companies city/cities life/lives leaf/leaves shelf/shelves knife/knives child/children woman/women
person/people foot/feet analysis/analyses medium/media day/days bus/bussen bureau/bureaus niveau/niveaus
boete/boetes polis/polissen norm/normen ketel/ketels half/halves bookshelf/bookshelves belief/beliefs olive/olives
topic/topics clinic/clinics metric/metrics token/tokens bill/bills mall/malls
""".split()

OTHER_WORDS = """
mens/men nieuws/nieuw news/new kans/kan dans/dan wens/wen plaats/plaat niets/niet slechts/slecht pers/per
vers/ver als/al ons/on eens/een langs/lang anders/ander volgens/volgen tijdens/tijden wegens/wegen arts/art heks/hek
hals/hal rechts/recht wijs/wij bus/bu les/le goods/good means/mean
bom/bomen man/manen bal/balen bot/boten kop/kopen leed/leden toen/to doen/do been/be alleen/alle
data/datum canvas/canva economics/economic ethics/ethic geopolitics/geopolitic robotics/robotic sla/slum
krachtens/krachten namens/namen mits/mit trouwens/trouwen vervolgens/vervolgen overigens/overigen onderhands/onderhand
fonds/fond thans/than engels/engel hoes/hoe dies/die paars/paar lucas/luca hans/han taks/tak pils/pil laks/lak
innen/in allen/al uiten/uit ommen/om assen/as uit/uiten buit/buiten bin/binnen was/wassen word/worden gun/gunnen
steel/stelen heel/helen maart/maarten mens/menses los/loses
customs/custom species/specie uses/us token/took listen/list haven/have taken/take samen/same heren/here weren/were
laten/late wagen/wage storen/store traden/trade polen/pole gaten/gate
gif/gives safe/saves prof/proves cafe/caves bill/billen poll/pollen boss/bossen loss/lossen less/lessen
""".split()


@pytest.mark.parametrize("pair", PAIRS)
def test_singular_and_plural_find_each_other(pair):
    singular, plural = pair.split("/")
    assert plural in forms(singular)
    assert singular in forms(plural)


@pytest.mark.parametrize("pair", OTHER_WORDS)
def test_words_that_only_look_alike_do_not(pair):
    one, other = pair.split("/")
    assert other not in forms(one)
    assert one not in forms(other)


@pytest.mark.parametrize("word", ["", "a", "de", "2026", "b2b", "日本", "ß", "covid19", "q1"])
def test_what_has_no_plural_here_stays_as_it_is(word):
    assert forms(word) == [word]


@pytest.mark.parametrize("word", ["processen", "leidinggevenden", "series", "verses", "eieren", "x" * 10_000])
def test_a_word_has_few_forms(word):
    assert len(forms(word)) < 12
