#include "bot/agents/speech_tables.h"

static const char *const human[] = {
    "(porozmawiac|rozmawiac|mowic|pogadac|skontaktowac sie|rozmowa|rozmowe|polaczyc|polaczenie|"
        "polaczcie) [bezposrednio] [mnie|sie] z [prawdziwym|prawdziwa|zywym|innym|kims|jakims|"
        "waszym|zywym] [zywym] (czlowiekiem|osoba|konsultantem|pracownikiem|technikiem|inzynierem|"
        "operatorem|doradca|specjalista|kims|przedstawicielem|kierownikiem|agentem|obsluga|pomoca|"
        "serwisem|supportem|informatykiem|prawdziwym|zywym)",
    "(chce|potrzebuje|poprosze|chcialbym|chcialabym|prosze o|wole) [z|o|rozmawiac] "
        "[prawdziwego|zywego|kontakt|rozmowe] [z] (czlowieka|czlowiekiem|konsultanta|konsultantem|"
        "pracownika|pracownikiem|technika|inzyniera|operatora|konsultant|kogos prawdziwego)",
    "(prawdziwy|prawdziwego|prawdziwym|zywy|zywego|zywym) (czlowiek|czlowieka|czlowiekiem|"
        "konsultant|osoba)",
    "(prosze) (o kontakt telefoniczny|do mnie zadzwonic|zadzwonic|oddzwonic|o telefon)",
    "(zadzwoncie|zadzwon|oddzwoncie) [do mnie]",
    "(nie chce|dosc|mam dosc) [rozmawiac] [z] (bota|botem|robotem|maszyna|bot)",
    "(czy jest|jest) [tu|tam|ktos] (czlowiek|jakis czlowiek|prawdziwy czlowiek)",
    NULL
};
static const char *const human_alone[] = {
    "(czlowiek|konsultant|operator|technik|pracownik|konsultanta|czlowieka) [prosze]",
    NULL
};
static const char *const human_not[] = {
    "zasoby ludzkie",
    NULL
};
static const char *const urgent[] = {
    "(pilne|pilnie|pilny|pilna|pilnej|pilna|pilnego)",
    NULL
};
static const char *const negators[] = {
    "(nie|zaden|zadnego|bez|nigdy|nic|mniej|niezbyt|zamiast|ani)",
    NULL
};
static const char *const glue[] = {
    "(to|jest|bardzo|tak|zbyt|szczegolnie|potrzebuje|potrzeby|potrzeba|rozmawiac|z|musze|chce|"
        "az|wcale|specjalnie|naprawde|koniecznosci|musi|byc)",
    NULL
};
static const char *const negated[] = {
    "(nie jest|nie) (potrzebny|potrzebna|konieczny|konieczna|potrzebne|trzeba)",
    "(niepotrzebny|niepotrzebna|zbedny)",
    NULL
};
static const char *const down[] = {
    "(serwer|serwery|siec|internet|wifi|system|systemy|poczta|maile|email|exchange|vpn|baza "
        "danych|baza|erp|sap|crm|strona|strona internetowa|sklep|telefony|centrala|outlook|teams|"
        "aplikacja|chmura|router|produkcja|kasy|lacze|intranet|wszystko) [w|u] [nas|calej|firmie] "
        "[calkowicie|znowu|nadal|od|nam] [rana] (padl|padla|padly|padlo|lezy|leza|nie odpowiada|"
        "nie dziala wszystkim|nie dziala nikomu|nie dzialaja nikomu|ulegl awarii|jest niedostepny|"
        "jest niedostepna|wysiadl|wysiadla|jest down)",
    "(padl|padla|padly|wysiadl|wysiadla) [nam|caly|cala|nasz|nasza] (serwer|serwery|siec|"
        "internet|system|poczta|strona|vpn|baza|sklep)",
    "(awaria|awarie|awarii) (serwera|sieci|internetu|systemu|pradu|poczty|calego|zasilania|"
        "bazy)",
    "(brak|nie ma) (internetu|sieci|pradu) (w|na) [calym|calej] (biurze|firmie|budynku|"
        "oddziale|sklepie|pietrze)",
    "produkcja (stoi|stanela)",
    NULL
};
static const char *const panic[] = {
    "(nikt|zaden uzytkownik|zaden pracownik) [tu|u nas|w biurze|z nas|w firmie] nie (moze|"
        "dziala)",
    "(cale|cala|calej|calym|caly) (biuro|firma|biurze|firmie|zespol|dzial|oddzial|pietro|"
        "szkola|sklep) .. (nie|bez|stoi|lezy)",
    "nie (moge|mozemy|moga|da sie) [w ogole|normalnie|juz] pracowac",
    "nic [tu|u nas|juz|nam] nie dziala",
    "(to|jest|mamy) [jest] [nagly] (sytuacja awaryjna|nagly wypadek|stan awaryjny|alarm|nagla "
        "sytuacja)",
    "(krytyczny|krytyczna|krytyczne) (blad|problem|awaria|sytuacja|system|incydent|zdarzenie)",
    "(jest|bardzo) (krytyczne|krytyczna|krytycznie)",
    "ransomware",
    "(zhakowano|zhakowali|wlamano sie|wlamali sie|zostalismy zhakowani|zaatakowano)",
    "(pozar|dym|ogien) (w|z)",
    "(pali sie|plonie|dymi)",
    NULL
};
static const char *const calm[] = {
    "(w razie|na wypadek|numer|kontakt) [naglego|w razie] (awarii|wypadku|alarmowy|sytuacji "
        "awaryjnej)",
    "(co to jest|przed|ochrona|czym jest|szkolenie) [przed|atak] ransomware",
    "(gdy|kiedy|jesli) .. (padnie|padl|nie dziala)",
    "(zeby|aby) nikt",
    "nikt nie (moze|umie|wie) (mi|pomoc|powiedziec)",
    "myslenie krytyczne",
    NULL
};
static const char *const danger[] = {
    "(samoboj*)", "(zabic sie|zabije sie|samobojstwo|samobojstwa|skrzywdzic sie|sie zabic|odebrac sobie "
        "zycie|pociac sie)",
    "(nie chce zyc|chce umrzec|chce umrzec|nie chce zyc)",
    "(bomba|bombe|grozba smierci|grozby smierci|strzelanina|zakladnik*)",
    "(zabije|zastrzele|zamorduje|pobije) (cie|was|go|ja|ich|wszystkich)",
    "(grozi|groza|grozil|grozila) (mi|nam)",
    NULL
};
static const char *const crime[] = {
    "(laptop|laptopa|telefon|komputer|tablet|karta|karte|pendrive|klucze|sprzet|torbe) .. "
        "(skradziono|ukradli|skradziony|ukradziono|ukradl|kradziez)",
    "(ukradziono|skradziono|ukradli|okradziono|oszukano|szantazuja|szantazuje|neka|nekaja) [mi|"
        "nam|mnie]",
    "(wlamanie|kradziez|szantaz|wymuszenie|nekanie|molestowanie|sabotaz|oszustwo|oszustwa)",
    "(wyciek|kradziez|naruszenie) (danych|tozsamosci|informacji)",
    "(dane|danych|pliki) .. (wyciekly|publiczne|upublicznione|ujawnione|skradzione)",
    "do (niewlasciwej|zlej|niewlasciwego|zlego) (osoby|odbiorcy|klienta|firmy)",
    "(niewlasciwego|zlego) (adresata|odbiorcy)",
    "(konto|haslo|skrzynka|dane logowania) [zostalo|zostala|zostaly] (zhakowane|skradzione|"
        "przejete|zhakowana|wykradzione|przejeta)",
    "(kliknalem|kliknelam|podalem|podalam|wpisalem|otworzylem) .. (phishing*|falszyw*|oszust*|"
        "wyludz*)",
    NULL
};
static const char *const innocent[] = {
    "(zapobieganie|szkolenie|polityka|ochrona) .. (kradziez*|mobbing*|molestowani*|wyciek*)",
    NULL
};
static const char *const policy[] = {
    "(zwrot pieniedzy|zwrotu pieniedzy|zwrot kosztow|zwrot srodkow|refundacja|zwrocic "
        "pieniadze|zwrotu srodkow)",
    "(prawnik|prawnika|adwokat|adwokata|pozew|do sadu|droge prawna)",
    "(wypowiedziec|rozwiazac|anulowac) [nasza|moja] (umowe|subskrypcje|abonament)",
    "usunac wszystkie (moje|nasze) dane",
    NULL
};
static const char *const complex[] = {
    "(kilka|wiele|rozne|wszystkie) (systemow|serwerow|programow|uslug|systemy|serwery) (nie|"
        "przestalo|jest)",
    NULL
};
static const char *const greeting[] = {
    "(czesc|dzien dobry|dobry wieczor|witam|hej|siema|witajcie) [wszystkim|panstwa|zespole]",
    NULL
};
static const char *const thanks[] = {
    "(dziekuje|dzieki|dziekujemy|dziekuje|wielkie dzieki) [bardzo|serdecznie|za|wam|z gory|"
        "pieknie] [za|wszystko|pomoc|szybka] [pomoc|odpowiedz|szybka] [odpowiedz|pomoc]",
    "(milego|dobrego) (dnia|wieczoru|weekendu)",
    "(do widzenia|pozdrawiam|na razie)",
    NULL
};
static const char *const filler[] = {
    "(ok|dobrze|bardzo|super|swietnie|jasne|rozumiem|wszystko|juz|prosze|teraz|i|oraz|fajnie|"
        "dobra)",
    NULL
};
static const char *const solved[] = {
    "(juz|teraz|wszystko|to|problem) [juz|jest|mi|teraz] (dziala|zadzialalo|pomoglo|rozwiazany|"
        "naprawione|rozwiazane|naprawiony|zalatwione)",
    "(dziala|zadzialalo|pomoglo) (juz|teraz|dziekuje|dzieki|swietnie|dobrze|znowu)",
    "(rozwiazane|pomoglo|zadzialalo|naprawione|problem rozwiazany)",
    "tak [to] (pomoglo|zadzialalo|dziala)",
    NULL
};
static const char *const rejected[] = {
    "(nie|nadal nie|wciaz nie|dalej nie) [mi] (pomoglo|dziala|zadzialalo|pomaga|rozwiazalo|o "
        "to|rozwiazuje)",
    "(nadal|wciaz|dalej|ciagle) (nie|to samo|ten sam|bez|jest)",
    "(ten sam|to samo) [problem|blad]",
    "juz (to|tego) (probowalem|probowalam|robilem|robilam|sprawdzalem)",
    "(zla|bledna|niewlasciwa) (odpowiedz|rada)",
    "(to) nie (to|o to|jest to|pomaga|pomoglo|dziala)",
    "(bez zmian|bez efektu|bez skutku|nic nie dalo|nic sie nie zmienilo)",
    NULL
};
static const char *const yes[] = {
    "(tak|zgadza sie|dokladnie|owszem)",
    NULL
};
static const char *const no[] = {
    "(nie|niestety)",
    NULL
};
static const char *const also[] = {
    "(ponadto|oprocz tego|dodatkowo|poza tym|po drugie|rowniez)",
    "(i|oraz|a) (takze|rowniez|jak|gdzie|kiedy|czy|jeszcze|prosze|potrzebuje|chce)",
    "(jeszcze|drugie) (jedno|pytanie|jedna sprawa|jedna rzecz)",
    NULL
};
static const char *const question[] = {
    "(jak|co|gdzie|kiedy|dlaczego|czemu|kto|ktory|ktora|ktore|czy|ile|komu|jaki|jaka|jakie|"
        "czego|w jaki|w jakim|w ktorym|do czego|od kiedy|z kim|po co|skad|jakiej|przez kogo|kogo)",
    NULL
};
static const char *const request[] = {
    "(prosze|poprosze|potrzebuje|chcialbym|chcialabym|chce|czy mozecie|czy moze|czy moge)",
    NULL
};
static const char *const problem[] = {
    "nie [moge|da|mi|mozna|chce] [sie|mi] (dziala|drukuje|otwiera|wlacza|laczy|laduje|"
        "odpowiada|moge|uruchamia|przychodzi|widze|zalogowac|wchodzi|wejsc|startuje|wysyla|odbiera)",
    "(zepsuty|zepsuta|zepsul|awaria|blad|bledy|problem|problemy|wolno|wolny|zawiesza|zawiesil|"
        "zablokowane|zablokowany|zablokowalo|zgubilem|wygaslo|uszkodzony|rozlacza)",
    "(brak|nie ma|bez) (dzwieku|obrazu|sygnalu|polaczenia|dostepu|internetu|sieci)",
    NULL
};

static const struct speech_mood moods[] = {
    { "(wsciekly|wsciekla|skandal|skandaliczne|skandaliczna|niedopuszczalne|nieakceptowalne|"
          "hanba|oburzajacy|oburzony|oburzona|kpina)", -20 },
    { "(beznadziejny|beznadziejna|beznadzieja|zalosne|zalosny|niekompetentni|idioci|smieszne|"
          "porazka|dramat|katastrofa|tragedia)", -14 },
    { "(najgorszy|najgorsza|okropne|okropny|straszny|fatalna|fatalny|mam dosc|dosyc)", -13 },
    { "(zly|zla|sfrustrowany|sfrustrowana|frustrujace|zdenerwowany|zdenerwowana|denerwujace|"
          "irytujace|rozczarowany|rozczarowana|niezadowolony)", -11 },
    { "(kurwa|cholera|cholerny|gowno|gowniane|pieprzony|szlag)", -14 },
    { "(trzeci raz|czwarty raz|piaty raz|po raz kolejny|kolejny raz|enty raz)", -9 },
    { "(czekam juz|czekam od|strata czasu|skarga|reklamacja)", -8 },
    { "(dziekuje|dzieki|mily|zadowolony|pomocny)", 7 },
    { "(super|swietnie|doskonale|wspaniale|idealnie)", 8 },
    { NULL, 0 }
};

static const char *const common[] = {
    "a", "albo", "ale", "bardzo", "bedzie", "bez", "bo", "byc", "byl", "byla", "bylo", "byly",
    "chce", "co", "cos", "czego", "czesc", "czy", "dla", "dlaczego", "do", "dziekuje", "gdzie",
    "i", "ich", "ile", "im", "ja", "jak", "jaka", "jaki", "jakie", "jakiej", "jakim", "jej",
    "jest", "jeszcze", "juz", "kiedy", "kto", "ktora", "ktore", "ktory", "lub", "ma", "maja",
    "mam", "mi", "miec", "miedzy", "mnie", "moge", "moj", "moja", "moje", "mojego", "moze",
    "mozna", "mu", "my", "na", "nad", "nam", "nas", "nasz", "nasza", "nie", "o", "od", "on",
    "ona", "oni", "ono", "po", "pod", "pomoc", "prosze", "przed", "przez", "przy", "robic",
    "roku", "sa", "sie", "swoj", "ta", "tak", "takze", "tam", "te", "tego", "tej", "ten", "teraz",
    "tez", "to", "tu", "ty", "tych", "tylko", "tym", "u", "w", "wam", "was", "we", "wszystko",
    "wy", "z", "za", "ze", "zostal", "zostala", "zostalo", "zrobic",
    NULL
};

static const struct speech_said said = {
    .hello = "Dzień dobry! Jestem {bot}, automatyczny asystent działu wsparcia.",
    .offer = "W czym mogę pomóc?",
    .how_human =
        "Aby w każdej chwili porozmawiać z człowiekiem, proszę napisać „rozmawiać z "
            "człowiekiem”.",
    .acknowledge = "Dziękuję, zapisałem to.",
    .welcome = "Proszę bardzo. Jeśli coś jeszcze zostało, proszę napisać tutaj.",
    .glad = "To dobrze! Jeśli coś jeszcze zostało, proszę napisać tutaj.",
    .solved =
        "Świetnie, że działa. Zamykam to zgłoszenie; jeśli problem wróci, proszę napisać tutaj.",
    .answer = "To może pomóc. Z naszego artykułu „{title}”: „{quote}”",
    .helped = "Czy to pomogło?",
    .sorry_failed = "Przykro mi, że to nie pomogło.",
    .not_found = "Nie znalazłem pewnej odpowiedzi w naszych artykułach.",
    .ask_device = "Którego urządzenia lub programu to dotyczy?",
    .ask_error =
        "Co dokładnie widać: czy jest komunikat lub numer błędu i co było robione tuż przedtem?",
    .ask_since = "Od kiedy tak się dzieje i czy krótko przedtem coś się zmieniło?",
    .ask_scope = "Czy dotyczy to tylko jednej osoby, czy także innych?",
    .ask_site = "W którym biurze to się dzieje i czy także gdzie indziej?",
    .ask_wish = "Dla kogo lub dla jakiego urządzenia to jest i na kiedy jest potrzebne?",
    .ask_rephrase =
        "Czy można w jednym lub dwóch zdaniach opisać, co ma być zrobione lub wyjaśnione?",
    .handoff =
        "Przekazuję to osobie z naszego zespołu, która może przeczytać wszystko, co zostało tu "
            "napisane.",
    .handoff_urgent =
        "Nasz zespół został natychmiast powiadomiony; ktoś przejmie tę rozmowę i może "
            "przeczytać wszystko, co zostało napisane.",
    .handoff_angry =
        "Przepraszam za to doświadczenie; ktoś z naszego zespołu przejmuje teraz rozmowę i "
            "może przeczytać wszystko, co zostało napisane.",
    .handoff_safety =
        "Natychmiast przekazuję to człowiekowi; jeśli ktoś jest w niebezpieczeństwie, proszę "
            "najpierw zadzwonić na numer alarmowy.",
    .handoff_closed =
        "Naszego zespołu teraz nie ma; zgłoszenie jest na początku listy i ktoś odpowie tutaj.",
    .handoff_opens =
        "Nasz zespół wraca {opens}; zgłoszenie jest na początku listy i ktoś odpowie tutaj.",
    .also_passed = "Drugim zgłoszeniem zajmie się ktoś z naszego zespołu: „{request}”",
    .yes = "Tak, to pomogło",
    .no = "Nie, to nie pomogło",
    .human = "Rozmawiać z człowiekiem",
    .devices = { "Komputer", "Telefon lub tablet", "Drukarka", "Coś innego" },
    .since = { "Od dzisiaj", "Od kilku dni", "Od dawna" },
    .scope = { "Tylko mnie", "Kilku osób", "Wszystkich" },
};

const struct speech speech_pl = {
    "pl",
    {
        .human = human, .human_alone = human_alone, .human_not = human_not, .urgent = urgent,
        .negators = negators, .glue = glue, .negated = negated, .down = down, .panic = panic,
        .calm = calm, .danger = danger, .crime = crime, .innocent = innocent, .policy = policy,
        .complex = complex, .greeting = greeting, .thanks = thanks, .filler = filler,
        .solved = solved, .rejected = rejected, .yes = yes, .no = no, .also = also,
        .question = question, .request = request, .problem = problem,
    },
    moods, &said, common
};
