"""Words that say nothing about what a text is about, and words that are one but for their endings."""

import re
import unicodedata
from functools import cache, lru_cache

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Plurals and cases, of the languages below; what is left has at least so many letters.
_ENDING = re.compile(r"(?<=\w{4})(?:['’]s|en|es|s|e|n)$")
_DOUBLED = re.compile(r"(.)\1")
_MARKS = re.compile("[\u0300-\u036f]")

# Behind these stands a noun, or an adjective and a noun.
BEFORE_NOUNS = frozenset(
    """
    de het een deze dit die dat elk elke ieder iedere geen mijn jouw zijn haar ons onze hun van voor met door over
    bij uit tot the a an this that these those each every no my your his her its our their of for with by about
    from le la les l un une des du ce cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs au
    aux
    """.split()
)

_WORDS = {
    "nl": """
    aan achter af al alle alleen allemaal alles als altijd ander andere anders beide ben bent bij bijna
    bijvoorbeeld binnen bleef bleek blijft blijven boven buiten daar daarbij daarin daarmee daarna daarom daarvan
    daarvoor dag dagen dan dat de deel deze dezelfde die dicht ding dingen dit doe doen doet door drie dus duur
    echt een eens eerst eerste eerder eigen elk elke elkaar enkele er erbij erin eruit euro even eventueel gaan
    gaat gebeurt gebruikt gedaan geen gehad gekregen geld geleden gemaakt genoeg gewoon geworden ging gingen goed
    goede graag groot grote haar had hadden hand handen heb hebben hebt heel heeft helft help hen het hetzelfde
    hier hij hoe hoeft hoeven hoog hun iedereen ieder iemand iets ik in is ja jaar jaren je jij jou jouw jullie
    kan keer kijken kijkt klein kleine kom komen komt kon konden kost kosten kreeg krijg krijgen krijgt kun kunnen
    kunt kwam laat laatste lang langer laten later leert leren leven lezen liggen ligt lijkt loopt lopen maak
    maakt maal maar maand maanden maken man me mee meer meest meeste mens mensen met meter middag mijn minder
    minuten misschien moest moesten moet moeten mogen moment na naam naar nacht nam namelijk net niemand niet
    niets niveau nodig noemt nog nooit nu of om omdat onder ons onze onlangs ook op open opnieuw over paar per
    plaats plek precies reden ruim samen sinds slechts snel soms staan staat steeds stond straks stuk stukken
    tegen terug terwijl thuis tijd tijdens toch toe toen tot tussen twaalf twee tweede uit uren uur vaak vaker van
    vanaf vandaag vanuit vanwege veel ver verder verschil vertelt vier vijf vindt vinden volgend volgende volgens
    voor vooral vorig vorige vraag vragen vraagt vrij waar waarbij waardoor waarom waarop waarvan wanneer want
    waren was wat we week weeg weer weet weg weken weinig wel welk welke werd werden weten wie wij wil wilde
    willen woord worden wordt wou zag zal zat ze zeer zeg zegt zei zelf zes zetten zeven zich zie zien ziet zij
    zijn zin zitten zit zo zoals zoek zonder zou zouden zullen maandag dinsdag woensdag donderdag vrijdag zaterdag
    zondag januari februari maart april mei juni juli augustus september oktober november december ochtend avond
    morgen gisteren goedemorgen acht negen tien nieuw nieuwe nieuws oud oude beter beste slecht ziek rood vergeten
    kilometer honderd duizend miljoen miljard procent
    """,
    "en": """
    a able about above across actually after again against ago all almost alone along already also although always
    am among an and another any anyone anything are around as ask asked at away back be became because become been
    before began behind being best better between both but by call called came can cannot case come could course
    day days did different do does done down during each early eight either else end enough even ever every
    everyone everything face fact far feel few find first five for found four from full gave get gets give given
    go goes going good got great had half hand hard has have having he help her here herself high him himself his
    hour hours how however if in inside instead into is it its itself just keep kept kind knew know known large
    last late later least left less let life like likely little live long longer look lot made make makes making
    man many may maybe me mean means men met might million minute minutes month months more most mr mrs ms much
    must my name near need needs never new next nine no nobody none nor not nothing now of off often old on once
    one only open or other others our out outside over own part people per perhaps place point put quite rather
    read ready real really right said same saw say says second see seem seen set seven several she should show
    side since six small so some somebody someone something sometimes soon start started still such sure take
    taken takes ten than that the their them themselves then there these they thing things think third this those
    though thought three through time times to today together told too took toward tried try turn two under until
    up upon us use used using usually very want wanted was way ways we week weeks well went were what when where
    whether which while who whole whom whose why will with within without word work worth would write year years
    yes yesterday yet you young your monday tuesday wednesday thursday friday saturday sunday january february
    march april june july august september october november december morning evening afternoon percent
    """,
    "de": """
    ab aber alle allein alles als also alt am an andere anderen anders arbeit auch auf aus bei beide beim bereits
    bis bisher da dabei damit danach dann daran darauf darum das dass dein dem den denen denn der deren des
    deshalb dessen dich die dies diese diesem diesen dieser dieses doch dort drei du durch ein eine einem einen
    einer eines einmal ende er erst erste ersten es etwa etwas euch euer frage fragen frau für fünf ganz gegen
    gemacht genau genug gibt ging gut habe haben hand hat hatte hatten hätte heißt heute hier hinter ich ihm ihn
    ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja jahr jahre jahren jede jedem jeden jeder jedes jetzt
    kam kann kein keine keinen können könnte lang lange man mann mehr mein meine mensch menschen minuten mit monat
    monate monaten muss müssen nach name namen neben neu nicht nichts noch nun nur ob oder ohne sagt sagte sehr
    sei sein seine seinem seinen seiner seit selbst sich sie sieht sind so soll sollen sollte sondern sonst stunde
    stunden tag tage tagen teil uhr über um und uns unser unsere unter viel viele vier vom von vor vorher während
    war waren warum was weg weil weiter welche wenn wer werden wie wieder will wir wird wissen wo woche wochen
    wohl wollen wollte wurde wurden würde zeit zu zum zur zwei zwischen platz seite beispiel grund art weise
    montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli august
    september oktober november dezember prozent euro millionen
    """,
    "fr": """
    à afin ai ainsi alors ans après assez au aucun aujourd aussi autant autour autre autres aux avaient avait
    avant avec avoir beaucoup bien car ce ceci cela celle celles celui cent cependant ces cet cette ceux chacun
    chaque chez chose choses cinq comme comment contre dans de dehors déjà depuis dernier dernière des deux dire
    dit dix doit donc dont du elle elles en encore enfin entre environ est et étaient était été être eu euros fait
    faire faut fin fois font grand grande heure heures hier hors huit ici il ils jamais jour jours jusqu la là
    laquelle le lequel les leur leurs lors lui ma main mais mal même mes mieux mille moins mois moment mon ne ni
    nombre nos notre nous nouveau nouvelle on ont ou où par parce pas pendant petit petite peu peut plus plusieurs
    pour pourquoi premier première près puis quand quatre que quel quelle quelque quelques qui quoi rien sa sans
    se selon sera ses seul si simple six soit son sont sous souvent sur ta tant temps tes toi ton toujours tous
    tout toute toutes très trois trop tu un une va vers veut vie vivent voici voir vos votre vous lundi mardi
    mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre
    novembre décembre midi semaine semaines année années personne place table
    """,
}  # fmt: skip


@cache
def stop_words(language: str) -> frozenset[str]:
    """Those of a language, named as `nl` or `nl-BE`; of one that is not known, those of all."""
    known = _WORDS.get(language.split("-")[0].lower())
    return frozenset((known or " ".join(_WORDS.values())).split())


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """What a word shares with its plural, whatever its capitals and accents."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", word.casefold()))
    return _DOUBLED.sub(r"\1", _ENDING.sub("", plain))
