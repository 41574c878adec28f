#include "bot/agents/speech_tables.h"

static const char *const human[] = {
    "(bir|gercek|bir gercek) [gercek|canli] (insanla|kisiyle|insan ile|temsilciyle|temsilci "
        "ile|teknisyenle|gorevliyle|yetkiliyle|uzmanla|operatorle|muhendisle|calisanla|biriyle|"
        "birisiyle|kisi ile|yetkili ile|teknisyen ile|uzman ile|operator ile) [canli] (konusmak|"
        "konusabilir|gorusmek|gorusebilir|konus*|gorus*)",
    "(insanla|temsilciyle|teknisyenle|yetkiliyle|gorevliyle|operatorle|biriyle|uzmanla|"
        "muhendisle|destekle) (konusmak|konusabilir|gorusmek|gorusebilir|konus*|gorus*|yazis*)",
    "(temsilci|yetkili|operator|teknisyen|musteri hizmetleri|insan|uzman|muhendis) ile (konus*|"
        "gorus*)",
    "(gercek|canli) [bir] (insan|kisi|temsilci|destek|insanla|kisiyle)",
    "(beni|bizi) [bir] (insana|temsilciye|yetkiliye|teknisyene|operatore|uzmana|musteri "
        "hizmetlerine) [bagla*|aktar*|yonlendir*]",
    "(insana|temsilciye|yetkiliye|operatore|teknisyene) (bagla*|aktar*|yonlendir*)",
    "(beni|bizi) [geri] [lutfen] (arayin|arar|ara|arayabilir)",
    "(bot|robot|makine) [ile] (istemiyorum|degil|konusmak istemiyorum)",
    "(botla|robotla) konusmak istemiyorum",
    "(temsilci|insan|yetkili|teknisyen) (istiyorum|lazim|rica ediyorum|gonderin)",
    NULL
};
static const char *const human_alone[] = {
    "(temsilci|insan|yetkili|operator|teknisyen|musteri temsilcisi|canli destek) [lutfen]",
    NULL
};
static const char *const human_not[] = {
    "(insan kaynaklari|insan haklari) [ile]",
    NULL
};
static const char *const urgent[] = {
    "(acil|acilen|acildir|ivedi|ivedilikle|cok acil)",
    NULL
};
static const char *const negators[] = {
    "(hic|asla|ne)",
    NULL
};
static const char *const glue[] = {
    "(cok|o kadar|bu|kadar|pek|bir)",
    NULL
};
static const char *const negated[] = {
    "[bir|durum|o|kadar] [durum|kadar|is] (degil|degildir|olmayan)",
    "(istemiyorum|gerekmiyor|gerek yok|gerekli degil|istemem|ihtiyacim yok|sart degil|konusmak "
        "istemiyorum|gorusmek istemiyorum)",
    NULL
};
static const char *const down[] = {
    "(sunucu|sunucular|sunucumuz|ag|internet|sistem|sistemler|sistemimiz|e posta|eposta|mail|"
        "mailler|vpn|veritabani|erp|sap|crm|web sitesi|site|sitemiz|telefonlar|santral|outlook|"
        "teams|uygulama|bulut|uretim|kasa|kasalar|baglanti|her sey) [tamamen|su anda|yine|hala|su "
        "an|butun|hepsi] (coktu|cokmus|coktuler|cokuk|devre disi|kapali durumda|ayakta degil|"
        "erisilemiyor|down|dustu|gitti)",
    "(internet|elektrik|sistem|ag|sunucu) kesintisi",
    "(tum|butun) (ofiste|binada|sirkette|subede) (internet|elektrik|ag|telefon) yok",
    "uretim durdu",
    NULL
};
static const char *const panic[] = {
    "(hic kimse|kimse|hicbirimiz|hicbir calisan|hicbir kullanici) [ofiste|burada|sirkette] "
        "[calisamiyor|yazdiramiyor|giremiyor|baglanamiyor|erisemiyor|isini] (calisamiyor|giremiyor|"
        "baglanamiyor|erisemiyor|yazdiramiyor|yapamiyor|kullanamiyor|acamiyor|calisamiyoruz)",
    "(butun|tum) (ofis|sirket|ekip|departman|bolum|kat|okul|magaza|bina) .. (calisamiyor|"
        "giremiyor|baglanamiyor|kilitlendi|durdu|erisemiyor)",
    "(calisamiyorum|calisamiyoruz|calisamiyorlar)",
    "hicbir sey calismiyor",
    "(acil durum|acil bir durum|kritik durum|kritik sorun|kritik ariza|kritik hata|durum "
        "kritik|fidye yazilimi)",
    "(hacklendik|hacklendi|hacklendim|saldiri altindayiz|saldiriya ugradik)",
    "(yaniyor|yangin var|duman cikiyor|yangin cikti)",
    NULL
};
static const char *const calm[] = {
    "(kimse) (bilmiyor|duymasin|gormesin|bana yardim)",
    "fidye yazilimi (nedir|egitimi)",
    "acil durum (numarasi|kisisi|plani|cikisi|numaralari)",
    NULL
};
static const char *const danger[] = {
    "(kendimi oldur*|intihar|kendime zarar|olmek istiyorum|yasamak istemiyorum|canima kiy*)",
    "(bomba ihbari|bomba var|olum tehdidi|rehine|silahli saldiri)",
    "(seni|sizi|onu|onlari|hepinizi) (oldurecegim|oldururum|vuracagim)",
    "(beni|bizi) (tehdit|tehdit ediyor*)",
    NULL
};
static const char *const crime[] = {
    "(dizustu*|laptop*|bilgisayar*|telefon*|tablet*|kart*|canta*|cihaz*) .. (calindi|caldilar|"
        "calinmis|caldi)",
    "(calindi|caldilar|soyulduk|soyuldum|dolandirildim|dolandirildik|santaj|gasp|taciz|sabotaj|"
        "hirsizlik|zimmet)",
    "(veri|veriler|bilgi) (sizintisi|ihlali|hirsizligi|sizdi|sizdirildi|calindi)",
    "(yanlis|hatali) (kisiye|musteriye|aliciya|adrese) .. (gonderdim|gonderildi|gitti|yolladim)",
    "(hesabim|hesabimiz|sifrem|parolam) (ele gecirildi|calindi|hacklendi|hacklenmis)",
    "(oltalama|phishing|sahte) .. (tikladim|girdim|yazdim|verdim)",
    NULL
};
static const char *const policy[] = {
    "(iade|iadesi|para iadesi|geri odeme|parami geri|iademi|iade istiyorum)",
    "(avukat|avukatim|dava acacagim|yasal islem|mahkeme|mahkemeye)",
    "(sozlesmeyi|aboneligi|aboneligimi|sozlesmemi) (iptal|feshet*)",
    NULL
};
static const char *const complex[] = {
    "(birkac|birden fazla|cok sayida|tum) (sistem|sunucu|uygulama|servis) (calismiyor|"
        "etkilendi|etkileniyor)",
    NULL
};
static const char *const greeting[] = {
    "(merhaba|selam|gunaydin|iyi gunler|iyi aksamlar|selamlar|merhabalar|selamun aleykum) "
        "[herkese]",
    NULL
};
static const char *const thanks[] = {
    "(tesekkurler|tesekkur ederim|sag olun|sagol|sagolun|cok tesekkurler|tesekkur ederiz|cok "
        "tesekkur ederim|eyvallah|cok sag olun) [yardiminiz|icin|hizli] [icin|yanit]",
    "(iyi gunler|kolay gelsin|gorusuruz|hosca kalin)",
    NULL
};
static const char *const filler[] = {
    "(tamam|peki|cok|iyi|harika|super|anladim|simdi|lutfen|mukemmel|guzel|oldu)",
    NULL
};
static const char *const solved[] = {
    "(simdi|artik|sorun|problem|bu) [sorun|problem|bu|artik] (calisiyor|cozuldu|duzeldi|oldu|"
        "yardimci oldu|halloldu|giderildi)",
    "(cozuldu|duzeldi|halloldu|yardimci oldu|ise yaradi)",
    "evet [bu] (yardimci oldu|ise yaradi|calisti)",
    NULL
};
static const char *const rejected[] = {
    "(yardimci olmadi|ise yaramadi|cozulmedi|duzelmedi|faydasi olmadi|isime yaramadi)",
    "(hala|hala|yine|yine de) (calismiyor|ayni|olmuyor|olmadi|hata|yok|baglanmiyor|acilmiyor|"
        "yazdirmiyor)",
    "(ayni) (sorun|hata|problem|sey)",
    "(zaten|bunu) (denedim|yaptim)",
    "yanlis (cevap|yanit)",
    "(bu) degil",
    "hayir (calismiyor|olmadi|bu degil)",
    "(degisen bir sey yok|sonuc yok|bir sey degismedi)",
    NULL
};
static const char *const yes[] = {
    "(evet|dogru|aynen|tabii)",
    NULL
};
static const char *const no[] = {
    "(hayir|maalesef|yok)",
    NULL
};
static const char *const also[] = {
    "(ayrica|bunun yaninda|ek olarak|ikinci olarak|bir de)",
    "ve (nasil|nerede|ne zaman|ayrica|bir de|lutfen)",
    "(baska|bir) (bir soru|sorum|soru daha|sey daha)",
    NULL
};
static const char *const question[] = {
    "(nasil|ne|nerede|neden|nicin|kim|hangi|kac|nereden|nereye|ne zaman|niye|kimin|kime|neyi|"
        "nedir|hangisi)",
    NULL
};
static const char *const request[] = {
    "(lutfen|istiyorum|ihtiyacim|rica|gerekiyor|lazim|yapabilir misiniz|eder misiniz)",
    NULL
};
static const char *const problem[] = {
    "(calismiyor|acilmiyor|yazdirmiyor|baglanmiyor|baglanamiyorum|giremiyorum|yuklenmiyor|"
        "yapamiyorum|gonderemiyorum|gelmiyor|gorunmuyor|tanimiyor|yanit vermiyor|baslamiyor|"
        "acamiyorum|alamiyorum|erisemiyorum|olmuyor)",
    "(hata*|sorun*|problem*|bozuk|bozuldu|arizali|ariza|yavas|dondu|donuyor|kilitlendi|"
        "kayboldu|kilitli|cokuyor|takiliyor)",
    "(ses|goruntu|sinyal|baglanti|erisim|internet) yok",
    NULL
};

static const struct speech_mood moods[] = {
    { "(ofkeliyim|cildirdim|rezalet|rezil|skandal|kabul edilemez|utanc verici|yeter artik|"
          "cildiracagim|kizginim|cok kizginim)", -20 },
    { "(berbat|sacmalik|beceriksiz|beceriksizler|ise yaramaz|komik|aptal|aptallar|felaket|"
          "dalga mi)", -14 },
    { "(en kotu|korkunc|igrenc|biktim|biktik|usandim|cekilmez)", -14 },
    { "(sinirliyim|sinir bozucu|sinirlendim|hayal kirikligi|rahatsiz|memnun degilim|sikayet|"
          "sikayetciyim|moralim)", -11 },
    { "(lanet|kahretsin|siktir|amk|bok|salak)", -14 },
    { "(ucuncu kez|dorduncu kez|besinci kez|kacinci kez|defalarca|kac kere)", -9 },
    { "(saatlerdir|gunlerdir|haftalardir|bekliyorum hala|zaman kaybi)", -8 },
    { "(tesekkurler|tesekkur|sag olun|memnun|memnunum)", 7 },
    { "(harika|mukemmel|super|muhtesem)", 8 },
    { NULL, 0 }
};

static const char *const common[] = {
    "ama", "bana", "ben", "beni", "benim", "bir", "biz", "bize", "bizim", "bu", "cok", "da",
    "daha", "de", "degil", "dir", "ederim", "edilen", "edilir", "en", "ettigi", "evet", "fakat",
    "gibi", "hangi", "hangisi", "hayir", "her", "icin", "ile", "ise", "istiyorum", "kac", "kadar",
    "ki", "kim", "kimdir", "lutfen", "merhaba", "mi", "midir", "mu", "nasil", "ne", "neden",
    "nedir", "nerede", "nicin", "o", "olan", "olarak", "oldu", "olmak", "olur", "ona", "once",
    "onlar", "onun", "sen", "senin", "sey", "simdi", "siz", "size", "sizin", "sonra", "su",
    "tesekkur", "var", "ve", "veya", "ya", "yardim", "yok",
    NULL
};

static const struct speech_said said = {
    .hello = "Merhaba! Ben {bot}, destek ekibinin otomatik asistanıyım.",
    .offer = "Size nasıl yardımcı olabilirim?",
    .how_human = "Dilediğiniz an bir insana ulaşmak için “bir insanla konuşmak istiyorum” yazın.",
    .acknowledge = "Teşekkürler, not ettim.",
    .welcome = "Rica ederim. Başka bir şey kaldıysa buraya yazabilirsiniz.",
    .glad = "Ne güzel! Başka bir şey kaldıysa buraya yazabilirsiniz.",
    .solved = "Çalıştığına sevindim. Bu talebi kapatıyorum; sorun yine olursa buraya yazın.",
    .answer = "Bu yardımcı olabilir. “{title}” başlıklı makalemizden: “{quote}”",
    .helped = "Bu yardımcı oldu mu?",
    .sorry_failed = "Bunun yardımcı olmamasına üzüldüm.",
    .not_found = "Makalelerimizde kesin bir yanıt bulamadım.",
    .ask_device = "Hangi cihaz veya program söz konusu?",
    .ask_error =
        "Tam olarak ne görüyorsunuz: bir hata iletisi veya numarası var mı, hemen öncesinde ne "
            "yaptınız?",
    .ask_since = "Bu ne zamandan beri oluyor, kısa süre önce bir şey değişti mi?",
    .ask_scope = "Bu yalnızca sizi mi, yoksa başkalarını da mı etkiliyor?",
    .ask_site = "Hangi ofistesiniz, başka bir yerde de oluyor mu?",
    .ask_wish = "Bu kim veya hangi cihaz için, ne zamana kadar gerekli?",
    .ask_rephrase = "Ne yapmak veya öğrenmek istediğinizi bir iki cümleyle anlatır mısınız?",
    .handoff = "Bunu ekibimizden bir kişiye aktarıyorum; burada yazdığınız her şeyi okuyabilir.",
    .handoff_urgent =
        "Ekibimizi hemen uyardım; bir kişi buradan devam edecek ve yazdığınız her şeyi "
            "okuyabilir.",
    .handoff_angry =
        "Bu deneyim için üzgünüm; ekibimizden bir kişi şimdi devralıyor ve yazdığınız her şeyi "
            "okuyabilir.",
    .handoff_safety =
        "Bunu hemen bir insana aktarıyorum; biri tehlikedeyse lütfen önce acil yardım "
            "numarasını arayın.",
    .handoff_closed =
        "Ekibimiz şu anda yerinde değil; talebiniz listenin en başında ve bir kişi size "
            "buradan yanıt verecek.",
    .handoff_opens =
        "Ekibimizin dönüş zamanı: {opens}; talebiniz listenin en başında ve bir kişi size "
            "buradan yanıt verecek.",
    .also_passed = "Diğer talebinizle ekibimizden bir kişi ilgilenecek: “{request}”",
    .yes = "Evet, yardımcı oldu",
    .no = "Hayır, yardımcı olmadı",
    .human = "Bir insanla konuşmak istiyorum",
    .devices = { "Bilgisayar", "Telefon veya tablet", "Yazıcı", "Başka bir şey" },
    .since = { "Bugünden beri", "Birkaç gündür", "Daha uzun süredir" },
    .scope = { "Yalnızca ben", "Birkaç kişi", "Herkes" },
};

const struct speech speech_tr = {
    "tr",
    {
        .human = human, .human_alone = human_alone, .human_not = human_not, .urgent = urgent,
        .negators = negators, .glue = glue, .negated = negated, .down = down, .panic = panic,
        .calm = calm, .danger = danger, .crime = crime, .policy = policy, .complex = complex,
        .greeting = greeting, .thanks = thanks, .filler = filler, .solved = solved,
        .rejected = rejected, .yes = yes, .no = no, .also = also, .question = question,
        .request = request, .problem = problem,
    },
    moods, &said, common
};
