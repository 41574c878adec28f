#include "bot/agents/speech_tables.h"

#define PERSON "(mensch|menschen|mitarbeiter|mitarbeiterin|person|techniker|technikerin|kollegen|kollegin|" \
    "berater|beraterin|jemand|jemandem|jemanden|ansprechpartner|vorgesetzten|chef|support|agenten|" \
    "fachmann|sachbearbeiter|kundenservice|kundendienst|servicemitarbeiter|supportmitarbeiter)"
#define SYSTEM "(server|netzwerk|netz|internet|wlan|website|webseite|homepage|system|systeme|email|mail|mails|" \
    "mailserver|exchange|vpn|datenbank|erp|sap|crm|telefone|telefon|telefonanlage|firewall|router|alles|" \
    "anwendung|anwendungen|portal|intranet|shop|onlineshop|webshop|kasse|kassen|outlook|teams|citrix|cloud|" \
    "leitung|dateiserver|fileserver|produktion|verbindung)"

static const char *const human[] = {
    "(sprechen|reden|sprich|spreche|chatten|telefonieren|schreiben) [bitte] mit .. " PERSON,
    "mit .. " PERSON " .. (sprechen|reden|verbinden|verbunden|telefonieren|chatten|weiterleiten|schreiben|zu tun)",
    "mit .. (echten|richtigen|lebenden|wirklichen|realen) " PERSON,
    "(echter|echten|echte|richtiger|richtigen|lebender|lebenden|wirklichen) (mensch|menschen|person|mitarbeiter|"
        "ansprechpartner|techniker)",
    "(brauche|will|mochte|wunsche|verlange|hatte gern|hatte gerne|bitte|benotige) [bitte|einen|ein|eine|jetzt|"
        "endlich|sofort|hier] [echten|menschlichen] (mensch|menschen|techniker|mitarbeiter|ansprechpartner|"
        "menschlichen ansprechpartner|menschliche hilfe)",
    "(verbinden|verbinde|verbindet|stellen|leiten|leite|weiterleiten|weiterverbinden) [sie] [mich] [bitte] "
        "[mit|zu|an|durch] [einem|einen|einer|den|dem|der|zum|zur|durch|weiter] " PERSON,
    "(rufen|ruft|ruf|rufe|ruckruf) [sie] [mich|bitte] [bitte] [mich] (an|zuruck|bitte|erbeten)",
    "(kann|konnte|kannst|konnten|soll|sollte) (mich|mir) [bitte] (jemand|einer|ein techniker|ein mitarbeiter) "
        "[bitte|mal|heute] (anrufen|zuruckrufen|kontaktieren)",
    "(kann|konnte|soll|moge) [bitte] (jemand|ein techniker|ein mitarbeiter|ein mensch) [bitte|sich|mich|uns] .. "
        "(anrufen|zuruckrufen|kontaktieren|ubernehmen|melden|vorbeikommen|ansehen|anschauen)",
    "(kein|keinen|keine|nicht mit|schluss mit|genug von|ohne) [einem|einer|dem|der|diesem|mehr|bloden] (bot|roboter|"
        "chatbot|maschine|computer|automaten)",
    "(schicken|schickt|schick) [sie|mir|uns|bitte] [bitte] [mir|uns] [einen|jemanden] (techniker|mitarbeiter|jemanden)",
    "(eskalieren|eskaliert|eskaliere)", "(gibt es|ist) [hier|da|dort] [auch|einen|ein|ein echter] (mensch|menschen|echte menschen)",
    "menschliche (hilfe|unterstutzung|beratung)", NULL
};
static const char *const human_alone[] = {
    "(mensch|mitarbeiter|techniker|person|berater|ansprechpartner|menschen|kundendienst|ruckruf|supportmitarbeiter|"
        "einen menschen|ein mensch|einen techniker|einen mitarbeiter)", NULL
};
static const char *const human_not[] = {
    "(neue|neuen|neuer|neuem|anderen|anderer) (mitarbeiter|mitarbeiterin|kollegen|kollegin|techniker|person|mensch)",
    "(in|mit|uber|per) (teams|zoom|skype|webex)", "(dringend|dringende|eilig) (markieren|kennzeichnen|markiert)", NULL
};
static const char *const urgent[] = {
    "(dringend|dringende|dringender|dringendes|dringendst|eilt|eilig|brandeilig)", NULL
};
static const char *const negators[] = {
    "(nicht|kein|keine|keinen|keiner|keinem|keines|nie|niemals|ohne|weder|statt|anstatt|wenig|kaum|nichts|un)", NULL
};
static const char *const glue[] = {
    "(so|sehr|mehr|besonders|wirklich|ist|es|ein|eine|einen|einem|einer|der|die|das|den|dem|zu|mit|mir|mich|"
        "unbedingt|jetzt|hier|brauche|mochte|will|echten|gerade|ganz|allzu|dass)", NULL
};
static const char *const negated[] = {
    "(ist|sind|es ist) (nicht|unnotig)", "(brauche|will|mochte|benotige) ich [nicht|wirklich|jetzt] (nicht|keinen)",
    "(mochte|will|muss|brauche) [ich] nicht", "nicht (notig|notwendig|sprechen|reden|dringend|mehr|gebraucht)",
    "(unnotig|nicht)", NULL
};
static const char *const down[] = {
    SYSTEM " (ist|sind|war) [seit|heute|bei|hier|in|komplett|vollig|schon|wieder|total|gerade|alle|ganz|jetzt|uns|"
        "allen|fur|morgen|stunden] [heute|morgen|bei|seit|alle|uns] [seit|heute|bei|in|komplett|vollig|uns|morgen|stunden|einer|alle|allen|der|"
        "unserem|stunde] [stunde|morgen|uns|buro|firma|fruh|komplett] (ausgefallen|down|tot|abgesturzt|offline|weg|zusammengebrochen|"
        "nicht erreichbar|nicht mehr erreichbar|nicht verfugbar|lahmgelegt)",
    SYSTEM " (down|ausgefallen|abgesturzt|ausfall)", "(totalausfall|systemausfall|netzausfall|netzwerkausfall|"
        "stromausfall|serverausfall|internetausfall|komplettausfall|totaler ausfall|kompletter ausfall)",
    "(fallt|fiel|liegt) .. (komplett aus|lahm|flach|total aus)", "(produktion|band|linie|fertigung) (steht|steht still|gestoppt)",
    "(kein|keine|ohne) (internet|netz|netzwerk|telefon|email|mails|strom) (im|in|bei|fur) [der|dem|den|ganzen|gesamten|ganze] "
        "[ganzen|gesamten] (buro|firma|haus|gebaude|unternehmen|filiale|alle|allen|standort|niederlassung)",
    NULL
};
static const char *const panic[] = {
    "(niemand|keiner|kein mensch|kein mitarbeiter|kein kollege) [im|in|bei|von|hier|aus|der] [buro|uns|firma|team|haus|hier|"
        "ganzen] [mehr|firma] (kann|konnen|kommt)", "(kann|konnen) (niemand|keiner) [mehr|im|bei|hier|sich]",
    "(ganze|gesamte|komplette|ganzes|gesamtes|ganzen) (firma|buro|abteilung|team|unternehmen|standort|filiale|haus|schule|"
        "praxis|belegschaft|klinik|lager) .. (steht|kann|nicht|ohne|offline|lahm|betroffen|still|ausgefallen)",
    "(wir|alle|mitarbeiter|kollegen) (konnen|kann) [alle|hier|gar|uberhaupt|seit|heute|jetzt] [nicht|nichts|gar|morgen] "
        "[mehr|alle|gar] (arbeiten|nicht arbeiten|nichts arbeiten|nicht mehr arbeiten)",
    "(notfall|katastrophe|notlage)", "(kritisch|kritischer|kritisches|kritische) (fehler|problem|lage|storung|situation|vorfall)",
    "(ist|sehr|absolut|extrem|geschaftskritisch|wird) (kritisch|geschaftskritisch)", "(alles|arbeit|betrieb) steht [still]",
    "(gehackt|ransomware|verschlusselungstrojaner|erpressungstrojaner|kryptotrojaner)",
    "(alle|unsere|meine) [unsere|meine] (dateien|daten|server) (sind|wurden) [alle|plotzlich] verschlusselt",
    "(brennt|rauch|feuer|qualmt|uberflutet|wasser im serverraum|uberschwemmt)",
    "(kunden|patienten) (warten|stehen) [schon|hier|und]", "(geht|funktioniert|lauft) (gar nichts|uberhaupt nichts|nichts mehr)", NULL
};
static const char *const calm[] = {
    "(was ist|schutz|gegen|vor|schulung|uber|versicherung) [eine|vor|gegen|uber] (ransomware|ausfall|notfall)",
    "(notfall|ransomware) (kontakt|kontakte|nummer|plan|schulung|liste|handbuch|ubung|schutz|koffer)",
    "(im|fur den|bei einem|einen|falls|wenn) (notfall|ausfall|stromausfall)", "(geplanter|geplante|nachster|nachste|letzter|geplanten|letzten) "
        "(ausfall|stromausfall|systemausfall)", "(wenn|falls|ob) .. (ausfallt|ausfallen|down|abgesturzt|ausgefallen)",
    "(wie|wurde|konnen wir|kann ich|was wenn) .. gehackt [werden|wird]", "nicht (kritisch|gehackt|ausgefallen|down|abgesturzt)",
    "(kopfhorer|verbindung|leitung) weg", "(feuer|rauch) (melder|frei|alarm|wehr)", "(kein|keine|keinen) (notfall|ausfall|katastrophe)", NULL
};
static const char *const danger[] = {
    "(mich|uns) [selbst] (umbringen|toten|verletzen|erhangen|ritzen)", "(bringe|bring) (mich|ihn|sie|euch|dich|alle) um",
    "(suizid|selbstmord|suizidgedanken|selbstverletzung|lebensmude|amok|amoklauf|geisel)", "(will|mochte|kann) [ich] nicht mehr leben",
    "(leben|allem|es) [ein] ende (setzen|machen|bereiten)", "(will|mochte) [ich|nur|einfach|nur noch] sterben",
    "(bombe|bombendrohung|sprengstoff|schusswaffe|pistole|messerangriff|morddrohung|todesdrohung)",
    "(bedroht|bedrohen|bedrohte|drohung|drohungen|drohte|droht mir|droht uns|erschiessen|erstechen|umbringen|abstechen)",
    "(bewusstlos|blutet stark|herzinfarkt|schlaganfall|atmet nicht)", "(ruft|rufen sie|brauche) [einen|den] (krankenwagen|notarzt)", NULL
};
static const char *const crime[] = {
    "(gestohlen|geklaut|gestohlene|gestohlener|diebstahl|eingebrochen|einbruch|uberfallen|ausgeraubt|entwendet|beraubt)",
    "(datenleck|datenpanne|datendiebstahl|datenklau|identitatsdiebstahl|datenschutzverletzung|datenschutzvorfall|datenabfluss)",
    "(daten|kundendaten|patientendaten|passworter|passwort|zugangsdaten|kundenliste|personaldaten|gehaltsliste) .. "
        "(geleakt|gestohlen|veroffentlicht|abgeflossen|offentlich|im internet|ausgespaht|abgegriffen|kompromittiert)",
    "(an|dem|den) (falschen|falsche|falscher) (empfanger|adresse|person|kunden|kunde)", "(phishing|betruger|betrugern|scammer) .. "
        "(geklickt|eingegeben|passwort|reingefallen|gegeben|geoffnet|anrufer)",
    "(passwort|zugangsdaten|kreditkarte|pin) .. (phishing|betruger|betrugern|gefalschten|fake)",
    "(auf|link|anhang) .. phishing .. (geklickt|geoffnet|reingefallen|eingegeben)",
    "(erpresst|erpressung|erpresser|erpressen|losegeld|belastigt|belastigung|gemobbt|stalking|sabotage|veruntreut|betrogen)",
    "(konto|account|postfach|mailkonto|email) [wurde|ist|war] [gehackt|wohl] (gehackt|kompromittiert|ubernommen|geknackt)",
    "(fremder|fremde|jemand|hacker|unbekannter|unbekannte) (hat|ist|liest|haben) .. (zugriff|mein konto|eingeloggt|angemeldet|meine mails|mitgelesen)", NULL
};
static const char *const innocent[] = {
    "(schulung|richtlinie|versicherung|pravention|was ist|vorbeugung|schutz vor|schutz gegen|melde ich) [eine|ein|gegen|fur|zu|zum|zur|einen] "
        "(datenleck|datenpanne|phishing|diebstahl|einbruch|erpressung|mobbing|belastigung|suizid|betrug)",
    "(prozess|programm|task|dienst|sitzung|verbindung) [bitte] (umbringen|toten|abschiessen)", "(badebombe|kalorienbombe|bombe game)",
    "(nicht|kein|keine) (gestohlen|diebstahl|bedroht|gehackt|einbruch)", NULL
};
static const char *const policy[] = {
    "(ruckerstattung|erstattung|erstatten|geld zuruck|anwalt|rechtsanwalt|kundigen|vertrag kundigen|kundigung des vertrags|verklagen)",
    "(losche|loschen|loscht) [sie|bitte] [alle] [meine|unsere] [personenbezogenen] daten", "(dsgvo|datenschutz) (auskunft|anfrage)", NULL
};
static const char *const complex[] = {
    "(mehrere|mehreren|verschiedene|viele|alle|samtliche) [unserer|unsere|der] (systeme|systemen|anwendungen|programme|server|standorte|dienste|abteilungen)",
    "schnittstelle zwischen", "(server|daten|mail|exchange|cloud) migration", "(datenmigration|servermigration|cloudmigration)",
    "(outlook|vpn|sap|teams|crm|erp|citrix|drucker|internet|telefon|server) [und] [das|der|die] (outlook|vpn|sap|teams|crm|erp|citrix|drucker|"
        "internet|telefon|server) und [das|der|die] (outlook|vpn|sap|teams|crm|erp|citrix|drucker|internet|telefon|server)", NULL
};
static const char *const greeting[] = {
    "(hallo|hi|hey|moin|servus|tag|gruss gott|grussgott|guten morgen|guten tag|guten abend|grezi|gruezi|morgen|"
        "liebes team|sehr geehrte damen und herren) [zusammen|allerseits|team|liebes team]", NULL
};
static const char *const thanks[] = {
    "(danke|dank|dankeschon|merci|thx) [schon|sehr|vielmals|fur|dir|ihnen|euch|nochmal|nochmals] [die|eure|ihre|deine|alles] "
        "[schnelle|nette|gute] [hilfe|antwort|unterstutzung|ruckmeldung|info|muhe]",
    "(vielen|besten|herzlichen|tausend|lieben) dank [fur] [die|ihre|eure|deine] [schnelle] [hilfe|antwort|unterstutzung]",
    "(super|prima|toll|perfekt|klasse|spitze|wunderbar|bestens|grossartig)",
    "schonen (tag|abend|feierabend) [noch]", "(tschuss|auf wiedersehen|bis dann|ciao)", NULL
};
static const char *const filler[] = {
    "(ok|okay|gut|alles|klar|alles klar|ja|so|und|aber|jetzt|mal|ich|habe|verstanden|sehr|noch|auch|das|es|ist|"
        "ihnen|euch|dir|an|alle|nett|lieb|bitte|dann|nochmal|nochmals|wieder|hat|fur|die|hilfe|einen|na|ach|also|sofort)", NULL
};
static const char *const solved[] = {
    "(es|das|alles|drucker|jetzt|nun) (geht|funktioniert|klappt|lauft|ging|funktionierte|tut) [jetzt|nun|wieder|alles|es|prima|gut|super]",
    "(geht|funktioniert|klappt|lauft|tut) (jetzt|wieder|nun|alles|es|prima|super|einwandfrei)",
    "(hat|haben) [mir|sehr|super|gut|wirklich|das problem|es] (geholfen|funktioniert|geklappt|gelost)",
    "(gelost|erledigt|behoben|hat sich erledigt|problem gelost)", "(es|das) war es [schon|danke]", NULL
};
static const char *const rejected[] = {
    "(hilft|half|geholfen|funktioniert|geht|klappt|lauft|tut) [mir|es|leider|immer|noch|immer noch|auch|das|sich] [leider|noch|auch|gar|immer] (nicht|nichts)",
    "(nicht|nichts) (geholfen|funktioniert|geklappt|gebracht|hilfreich|geandert|gelost|genutzt)", "(immer noch|noch immer|weiterhin|nach wie vor) "
        "(nicht|kaputt|das gleiche|das selbe|dasselbe|defekt|der fehler|der gleiche|offline|schwarz|nichts|gleich)",
    "(bringt|brachte|nutzt) [mir|leider] (nichts|nicht)", "(gleiches|gleiche|selbes|selbe|dasselbe) (problem|fehler|ergebnis)",
    "(falsche|schlechte|unpassende) (antwort|losung)", "(schon|bereits) (probiert|versucht|gemacht|ausprobiert|getan)",
    "(leider nicht|leider nein|nein leider|keine besserung|kein erfolg|keine anderung|nicht wirklich|das ist es nicht)", NULL
};
static const char *const yes[] = { "(ja|jep|jawohl|jo|genau|richtig|stimmt|klar|doch|sicher)", NULL };
static const char *const no[] = { "(nein|ne|nee|no|nicht|leider|nix)", NULL };
static const char *const also[] = {
    "(ausserdem|zusatzlich|zweitens|weiterhin|ferner|nebenbei|ubrigens|des weiteren|daruber hinaus|zudem)",
    "und (ausserdem|dann|noch|wie|wo|kann|konnen|konnten|bitte|auch|ich brauche|zusatzlich)", "(noch eine|eine weitere|noch ne) (frage|sache|bitte)", NULL
};
static const char *const question[] = {
    "(wie|was|wo|wann|warum|wer|wieso|weshalb|welche|welcher|welches|wohin|woher|wem|wen|kann|konnen|konnten|konnte|ist|"
        "sind|gibt|gibts|darf|soll|muss|hat|haben|wird|wurde)", NULL
};
static const char *const request[] = {
    "bitte", "(ich|wir) [also|auch|noch|hatte|hatten] (brauche|brauchen|benotige|benotigen|mochte|mochten|will|wollen|hatte gern|hatte gerne|gerne)",
    "(installieren|einrichten|zurucksetzen|freischalten|bestellen|anlegen|loschen|andern|entsperren|erstellen|hinzufugen)", NULL
};
static const char *const problem[] = {
    "(problem*|fehler*|kaputt|defekt|storung*|geht nicht|funktioniert nicht|nicht moglich|langsam|hangt|absturz*|gesperrt|"
        "sturzt|offline|schwarz|verschwunden|stecken|klemmt|flackert|blockiert|abgelehnt|fehlt|kein ton|kein bild|tot)",
    "(geht|funktioniert|startet|druckt|ladt|offnet|kommt|klappt|verbindet|sendet|empfangt|lasst|reagiert) .. nicht", "kann .. nicht", NULL
};

static const struct speech_mood moods[] = {
    { "(unverschamt|unverschamtheit|frechheit|skandal|unfassbar|unglaublich schlecht|inakzeptabel|unzumutbar|katastrophal)", -18 },
    { "(wutend|stinksauer|sauer|zornig|ausser mir|kochend|rasend|angepisst|emport)", -20 },
    { "(scheisse|scheiss|verdammt|verdammte|verdammter|beschissen|beschissener|arsch|arschloch|idioten|idiot|deppen|saftladen|verarschen|verarscht|mist|dreck)", -15 },
    { "(schlechteste|schlechtester|schlimmste|miserabel|erbarmlich|lacherlich|unfahig|inkompetent|unprofessionell|witz)", -14 },
    { "(argerlich|genervt|nervt|nervig|frustriert|frustrierend|enttauscht|enttauschend|unzufrieden|mude)", -11 },
    { "(reicht mir|mir reichts|mir reicht es|es reicht|nase voll|schnauze voll|geht gar nicht|das letzte)", -15 },
    { "(zum dritten|zum vierten|zum funften|schon wieder|zigmal|hundertmal) [mal]", -8 },
    { "(niemand|keiner) (hilft|antwortet|meldet|kummert)", -12 }, { "(warte|warten) [ich|wir|schon|seit] [seit|schon] (stunden|tagen|wochen|ewig)", -9 },
    { "(danke|super|toll|prima|klasse|perfekt|freundlich|zufrieden|spitze)", 7 }, { NULL, 0 }
};

static const struct speech_said said = {
    .hello = "Hallo! Ich bin {bot}, der automatische Assistent des Service Desks.",
    .offer = "Womit kann ich Ihnen helfen?",
    .how_human = "Einen Menschen erreichen Sie jederzeit: Schreiben Sie einfach „mit einem Menschen sprechen“.",
    .acknowledge = "Danke, ich habe das notiert.",
    .welcome = "Gern geschehen. Falls noch etwas offen ist, schreiben Sie es einfach hier.",
    .glad = "Das freut mich! Falls noch etwas offen ist, schreiben Sie es einfach hier.",
    .solved = "Schön, dass es klappt. Ich schließe diese Anfrage; falls das Problem wiederkommt, schreiben Sie einfach hier.",
    .answer = "Das könnte helfen. Aus unserem Artikel „{title}“: „{quote}“",
    .helped = "Hat das geholfen?",
    .sorry_failed = "Es tut mir leid, dass das nicht geholfen hat.",
    .not_found = "Ich habe in unseren Artikeln keine sichere Antwort gefunden.",
    .ask_device = "Um welches Gerät oder Programm geht es?",
    .ask_error = "Was genau sehen Sie: Gibt es eine Fehlermeldung oder -nummer, und was haben Sie kurz davor getan?",
    .ask_since = "Seit wann ist das so, und hat sich kurz davor etwas geändert?",
    .ask_scope = "Betrifft das nur Sie oder auch andere?",
    .ask_site = "An welchem Standort sind Sie, und passiert es auch anderswo?",
    .ask_wish = "Für wen oder welches Gerät ist das, und bis wann brauchen Sie es?",
    .ask_rephrase = "Können Sie in ein, zwei Sätzen beschreiben, was Sie tun oder wissen möchten?",
    .handoff = "Ich übergebe das an einen Menschen aus unserem Team, der alles lesen kann, was Sie hier geschrieben haben.",
    .handoff_urgent = "Ich habe unser Team soeben alarmiert; ein Mensch übernimmt hier und kann alles lesen, was Sie geschrieben haben.",
    .handoff_angry = "Es tut mir leid, dass Sie das erleben; ein Mensch aus unserem Team übernimmt jetzt und kann alles lesen.",
    .handoff_safety = "Ich gebe das sofort an einen Menschen weiter; wenn jemand in Gefahr ist, rufen Sie bitte zuerst den Notruf.",
    .handoff_closed = "Unser Team ist gerade nicht da; Ihre Anfrage steht ganz oben auf der Liste, und ein Mensch antwortet Ihnen hier.",
    .handoff_opens = "Unser Team ist wieder da: {opens}; Ihre Anfrage steht ganz oben auf der Liste, und ein Mensch antwortet Ihnen hier.",
    .also_passed = "Um Ihr anderes Anliegen kümmert sich ein Mensch aus unserem Team: „{request}“",
    .yes = "Ja, das hat geholfen", .no = "Nein, das hat nicht geholfen", .human = "Mit einem Menschen sprechen",
    .devices = { "Computer", "Telefon oder Tablet", "Drucker", "Etwas anderes" },
    .since = { "Seit heute", "Seit ein paar Tagen", "Schon länger" },
    .scope = { "Nur mich", "Mehrere Personen", "Alle" },
};

static const char *const common[] = {
    "aber", "alle", "als", "am", "an", "auch", "auf", "aus", "bei", "bin", "bitte", "da", "das", "dass", "dem", "den",
    "der", "des", "die", "dies", "diese", "doch", "ein", "eine", "einem", "einen", "einer", "er", "es", "fur", "habe",
    "haben", "hallo", "hat", "hier", "ich", "ihr", "im", "in", "ist", "ja", "kann", "konnen", "mein", "meine",
    "meinem", "meinen", "meiner", "mich", "mir", "mit", "mochte", "nach", "nicht", "noch", "nun", "nur", "oder", "schon",
    "sehr", "sich", "sie", "sind", "so", "um", "und", "uns", "unser", "unsere", "vom", "von", "vor", "was", "wenn", "wer",
    "werden", "wie", "wir", "wird", "wo", "zu", "zum", "zur", NULL
};

const struct speech speech_de = {
    "de",
    { human, human_alone, human_not, urgent, negators, glue, negated, down, panic, calm, danger, crime, innocent,
      policy, complex, greeting, thanks, filler, solved, rejected, yes, no, also, question, request, problem },
    moods, &said, common
};
