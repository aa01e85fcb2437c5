"""The words by which is told what is not the article: in the names of elements, and in what is said to the reader.

Languages: Dutch, English, German, French and Spanish.
"""

import re

# Names in a class or an id that are used alike on many sites. On 860 pages each of these was right more often than
# wrong; `paywall`, `print`, `credit`, `meta`, `tag` and `widget` were not, and are left out.
BOXES = frozenset(
    """
    advert advertisement advertising author authors bio breadcrumb breadcrumbs byline comments consent cookie copyright
    disclaimer disqus factbox gallery gdpr infobox newsletter newsletters outbrain pagination poll promo promos
    promotion quiz recommendation recommendations recommended related respond share shares sharing signature signup
    social socials sponsored subscribe subscription taboola taglist video
    """.split()
)
# Of these, what a part of an article is called too: market share, the transcript of a video.
WEAK_BOXES = frozenset({"gallery", "share", "shares", "sharing", "video"})
# Of these and others, what fills whole sections beside an article.
SECTIONS = frozenset(
    """
    breadcrumb breadcrumbs carousel comments copyright disqus factbox gallery newsletter outbrain recommendations
    recommended related respond share slideshow social taboola
    """.split()
)
CAPTIONS = frozenset({"caption", "captions"})
# A post of another place in the article, or a player: its platforms all ask for these class names.
EMBEDDED = frozenset(
    """
    twitter-tweet twitter-video instagram-media tiktok-embed bluesky-embed mastodon-embed fb-post reddit-embed-bq
    reddit-card linkedin-embed threads-post text-post-media video-js jwplayer plyr mejs-container
    """.split()
)
# A line of these words alone is for doing something with the article.
TOOLS = frozenset(
    """
    aanmelden abonneren advertentie advertisement afdrukken anmelden anzeige article artikel bewaar bookmark compartir
    copiar copier copy deel delen deze diesem diesen dit download drucken e email en enlace facebook imprimer imprimir
    inloggen inschrijven kopieer kopieren lien link linkedin luister mail op partager pdf pinterest pocket print
    printversie publicidad publicité reageer save send share speichern stuur teilen this tweet twitter via werbung
    whatsapp x xing
    """.split()
)

NAME = r"[A-ZÀ-Þ][\w.’'-]+"
PARTICLES = r"(?:(?:de|den|der|het|la|le|di|da|van|von|zu|ter|ten|el|al|y) )*"


def _any_of(*phrases: str) -> str:
    return f"(?:{'|'.join(phrases)})"


def _beginning(*phrases: str) -> re.Pattern[str]:
    """What begins a line, whatever quotes or dashes stand before it."""
    return re.compile(r"^\W*" + _any_of(*phrases), re.IGNORECASE)


# Lines that lead to another article.
READ_MORE = _beginning(
    r"lees (?:ook|meer|verder|hier|(?:dit|onze|het) (?:artikel|dossier|interview))\b",
    r"ook interessant|zie ook\b|bekijk (?:ook|hier)\b|luister (?:ook|hier)\b|verder lezen",
    r"meer (?:over|lezen|nieuws|artikelen)\b|gerelateerd|aanbevolen|dit vind je misschien ook",
    r"read (?:more|also|next|the full)\b|also read\b|see also\b|related\b(?!-| (?:to|by))",
    r"more (?:on|from|about|stories|news)\b|recommended\b|you (?:may|might) (?:also )?(?:like|be interested)",
    r"don.t miss\b|further reading\b|keep reading\b|continue reading\b",
    r"lesen sie (?:auch|hier|mehr|dazu|weiter)\b|auch interessant|siehe auch\b|zum (?:artikel|thema)\b|weiterlesen",
    r"mehr (?:zum thema|dazu|über|infos|zu)\b|ähnliche (?:artikel|beiträge|themen)|passend dazu",
    r"das könnte (?:sie|dich)",
    r"lire (?:aussi|également|la suite)\b|à lire\b|voir aussi\b|sur le même (?:sujet|thème)|à découvrir\b",
    r"lee también|leer (?:más|también)|te puede interesar|ver (?:más|también)|más (?:información|noticias)",
    r"noticias relacionadas|>>+|»+|[▶►→➜☞➤]",
)
# Lines that ask to subscribe, follow, register or judge, whatever they begin with.
ASKS = re.compile(
    _any_of(
        r"sign up (?:for|to|here|now)|subscribe (?:to|now|here)|follow us\b|in your inbox",
        r"abonneer (?:je|u|op|nu)|schrijf (?:je|u) (?:hier |nu )?in\b|meld (?:je|u) (?:hier |nu )?(?:aan|gratis)",
        r"volg ons (?:op|via|on)\b|volg ons\W*$|in (?:je|uw) (?:inbox|mailbox)|download (?:de|the|our|onze) app",
        r"abonnieren? (?:sie|den|unseren|jetzt)|jetzt (?:abonnieren|anmelden|registrieren)",
        r"folgen sie uns|folge uns|in (?:ihr|dein) postfach",
        r"abonnez-vous|inscrivez-vous|suivez-nous|dans votre bo[iî]te",
        r"suscr[ií]b(?:ete|ase)|s[ií]guenos|s[ií]ganos|en tu (?:correo|bandeja)",
        r"(?:was|is|heeft|war|cet) (?:this|dit|deze|diese[rs]?)? ?(?:page|article|artikel|pagina|seite|beitrag) "
        r"(?:\w+ ){0,2}(?:helpful|useful|geholpen|nuttig|hilfreich)",
    ),
    re.IGNORECASE,
)
# What a short line names that asks for it, and an article may be about.
NEWSLETTER = re.compile(
    r"newsletter|nieuwsbrief|bolet[ií]n (?:de|diario|semanal)|infolettre|whatsapp[ -]?(?:kanaal|kanal|channel|canal)",
    re.IGNORECASE,
)
# Who wrote, translated, photographed or gave it, and when it was put there.
CREDIT = re.compile(
    r"^\W*"
    + _any_of(
        rf"(?i:geschreven door|written by) (?={NAME})",
        rf"(?i:door|by|von|par|por) (?={NAME} {PARTICLES}{NAME})",
        r"(?i:tekst(?: en (?:foto|beeld)\S*)?:|beeld:|foto.{0,3}s?:|bron(?:nen)?:|vertaling:|bewerking:)",
        r"(?i:(?:additional )?reporting by\b|writing by\b|editing by\b|associated press writers?\b)",
        r"(?i:with (?:files|reporting|additional reporting) (?:from|by)\b|photos? ?:|image:|source ?:)",
        r"(?i:text:|bild:|fotos?:|quellen?:|mit (?:informationen|material) (?:der|des|von)\b)",
        r"(?i:mit (?:dpa|afp|reuters|apa)\b|aus dem \w+en (?:übersetzt )?von\b)",
        r"(?i:traduit (?:de|par)|avec (?:afp|reuters)\b|fuente:|con información de\b)",
        r"(?i:last |laatst |zuletzt )?(?i:updated|published|posted|gepubliceerd|geplaatst|bijgewerkt|gewijzigd|"
        r"aktualisiert|veröffentlicht|stand|erstellt|publié|mis à jour|publicado|actualizado)\b(?=[^.]{0,25}\d)",
    )
)
# A date or a time, which alone is no line of a text.
DATE = re.compile(
    r"\b\d{1,2}[.:/-]\d{2}(?:[.:/-]\d{2,4})?\b|\b\d{4}-\d{2}-\d{2}|"
    r"\b\d{1,2}\.? (?:jan|feb|m[aä]r|maa|apr|ma[iy]|me[i]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|janv|févr|avr|juin|juil|"
    r"août|ene|abr|ago|dic)[a-zéû]*\.?(?: (?:de )?\d{4})?\b|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:, \d{4})?",
    re.IGNORECASE,
)
# Whose it is, and what may not be made of it.
SMALL_PRINT = re.compile(
    _any_of(
        r"©|\bcopyright\b|all rights reserved|alle rechten voorbehouden|alle rechte vorbehalten",
        r"tous droits réservés|todos los derechos|tutti i diritti|riproduzione riservata",
        r"geen juridisch advies|geen rechten (?:worden )?ontleend|not (?:constitute )?legal advice",
        r"keine rechtsberatung|ersetzt keine \w*beratung|for informational purposes only",
    ),
    re.IGNORECASE,
)
# Lines with which the article is over, and what people, sites and companies add begins.
END = _beginning(
    r"share (?:this|or)\b|(?:\d+ )?comments?\W*$|leave a (?:reply|comment)|related (?:posts|articles)|filed under",
    r"posted in\b|about the author|(?:press|media) contacts?|notes? (?:to|for) (?:the )?editors?",
    r"(?:\d+ )?reacties?\W*$|reage(?:er|ren)\b|reacties worden\b|geef een reactie|plaats een reactie|deel dit\b",
    r"gerelateerde|meer nieuws|over de auteur|(?:uw )?contactpersoon|noot (?:voor|aan) (?:de )?redactie",
    r"einde persbericht",
    r"(?:\d+ )?kommentare?\W*$|kommentar (?:schreiben|abgeben)|diesen artikel|ähnliche|über den autor",
    r"ihr ansprechpartner|pressekontakt",
    r"(?:\d+ )?commentaires?\W*$|partager|laisser un commentaire|à propos de l.auteur|contact presse",
    r"(?:\d+ )?comentarios?\W*$|compartir|deja un comentario|sobre el autor|tags?:|categor(?:ies|ie|ía)s?:",
)
