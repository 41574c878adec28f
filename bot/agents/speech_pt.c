#include "bot/agents/speech_tables.h"

static const char *const human[] = {
    "(falar|conversar|falo|contactar|fale) [diretamente] com [um|uma|o|a|algum|alguma|alguem|"
        "vosso] [verdadeiro|verdadeira] (humano|humana|pessoa|atendente|tecnico|tecnica|operador|"
        "operadora|agente|representante|consultor|engenheiro|alguem|ser humano|suporte|responsavel|"
        "funcionario|especialista|colega|supervisor)",
    "(quero|preciso|prefiro|gostaria) [de] [falar|um|uma] [com|um|uma] [um|uma] (humano|"
        "atendente|pessoa real|pessoa de verdade|operador|ser humano|tecnico|agente humano)",
    "(pessoa|humano|atendente) (real|de verdade|humano|humana)",
    "(passe|transfira|transferir|passar|ligue|conecte|coloque) me [a|para|em|com] [contacto|"
        "contato|um|uma|o] [com|um|uma] [um|uma] (humano|atendente|pessoa|tecnico|operador|agente|"
        "responsavel)",
    "(transferir|encaminhar|encaminhe) para [um|uma|o] (humano|atendente|pessoa|tecnico|"
        "operador|agente)",
    "(ligue me|liguem me|me ligue|me liguem|me liga|podem ligar|pode ligar|podem me ligar)",
    "(nao|chega de|odeio) [quero] [falar] [com] [um|uma|o] (bot|robo|robot|maquina|chatbot)",
    "(ha|tem|existe) [algum|alguma|um|uma] (humano|pessoa real|ser humano)",
    NULL
};
static const char *const human_alone[] = {
    "[um|uma] (humano|atendente|pessoa|tecnico|operador|agente|operadora) [por favor]",
    NULL
};
static const char *const human_not[] = {
    "(recursos|direitos|erro) (humanos|humano)",
    NULL
};
static const char *const urgent[] = {
    "(urgente|urgentes|urgentemente|urgencia)",
    NULL
};
static const char *const negators[] = {
    "(nao|nenhum|nenhuma|nada|nunca|sem|nem|menos|em vez de|pouco)",
    NULL
};
static const char *const glue[] = {
    "(e|e|muito|tao|um|uma|realmente|quero|preciso|precisa|necessidade|de|falar|com|ha|tem|"
        "nada|assim|propriamente|especialmente|esta|o|a|ser|necessario|la|tanto)",
    NULL
};
static const char *const negated[] = {
    "nao [e|ha] (preciso|necessario|necessaria|precisa)",
    NULL
};
static const char *const down[] = {
    "(servidor|servidores|rede|internet|wifi|sistema|sistemas|email|emails|correio|exchange|"
        "vpn|banco de dados|base de dados|erp|sap|crm|site|pagina|telefones|telefonia|central "
        "telefonica|outlook|teams|aplicacao|aplicativo|nuvem|roteador|router|producao|caixas|loja|"
        "conexao|ligacao|intranet|tudo) (esta|estao|ficou|ficaram|caiu|cairam|foi|estava|continua) "
        "[completamente|totalmente|todo|toda|tudo|de|outra|novamente] [novo|vez] (abaixo|em baixo|"
        "embaixo|fora do ar|fora|caido|caida|caidos|down|em baixo|inacessivel|indisponivel|offline|"
        "parado)",
    "(servidor|servidores|rede|internet|sistema|email|site|vpn|tudo|wifi|base de dados|banco "
        "de dados) (caiu|cairam)",
    "(caiu|cairam) [o|a|os|todo|toda] [o|a] (servidor|servidores|sistema|rede|internet|email|"
        "site|vpn)",
    "(apagao|queda geral|falha geral|interrupcao total|queda de energia)",
    "(sem|nao ha|nao tem) (internet|rede|energia|luz|telefone) (em|no|na) [todo] [o|a] "
        "(escritorio|empresa|predio|edificio|loja|filial)",
    "producao parada",
    NULL
};
static const char *const panic[] = {
    "(ninguem|nenhum usuario|nenhum utilizador|nenhum funcionario) [aqui|no escritorio|de nos] "
        "(consegue|pode|esta conseguindo)",
    "(todo o|toda a|o escritorio inteiro|a empresa inteira|todos os|a empresa toda|o "
        "escritorio todo) [escritorio|empresa|equipa|equipe|departamento|usuarios|utilizadores|"
        "colegas|loja|predio|filial] .. (nao|sem|parado|parada|bloqueado|bloqueada|parados|offline)",
    "nao (consigo|conseguimos|podemos|posso|conseguem|da para) trabalhar",
    "nada (funciona|esta funcionando|esta a funcionar)",
    "(e|uma|temos|isto e|isso e) [uma] [verdadeira] emergencia",
    "(problema|erro|incidente|estado|sistema) critico",
    "(situacao|falha) critica",
    "(e|muito) critico",
    "ransomware",
    "(fomos|fui|foi|nos|me) [hackearam|foi|foram] (hackeados|hackeado|invadidos|invadido|"
        "hackeada|hackearam|pirateados)",
    "(fogo|incendio|fumaca|fumo) (no|na|a|em|saindo)",
    "(pegando|esta pegando|pegou) fogo",
    NULL
};
static const char *const calm[] = {
    "(em caso de|caso de|contacto de|contato de|numero de|saida de|contatos de|numeros de) "
        "emergencia",
    "(o que e|contra|protecao|treinamento|formacao|sobre) [um|o|contra] ransomware",
    "(se|quando) [o|a] .. (cai|cair|caiu|esta fora do ar)",
    "(para que|de modo que) ninguem",
    "ninguem (pode|sabe|consegue) (ajudar me|me ajudar|dizer|me dizer|saber|me ouvir)",
    "pensamento critico",
    NULL
};
static const char *const danger[] = {
    "(me matar|matar me|suicidar me|suicidio|suicida|tirar a minha vida|tirar minha vida|me "
        "cortar)",
    "(quero morrer|nao quero mais viver|nao quero viver|acabar com a minha vida)",
    "(bomba|ameaca de bomba|ameaca de morte|ameacas de morte|tiroteio|refem|refens)",
    "(vou|vai|vamos) (matar|te matar|matar te|esfaquear|atirar em)",
    "(me|nos) (ameaca|ameacou|ameacando|ameacaram|ameacam)",
    "(ameacou|ameacaram|ameacando|ameaca) (me|nos)",
    NULL
};
static const char *const crime[] = {
    "(portatil|computador|celular|telemovel|telefone|notebook|tablet|cartao|laptop|chave|"
        "mochila) .. (roubado|roubada|roubaram|furtado|furtada)",
    "(fui|fomos|me|nos) (roubado|roubados|roubaram|assaltado|assaltados|chantageado|enganado|"
        "assediada|assediado|extorquido)",
    "(roubo de|chantagem|extorsao|assedio|sabotagem|golpe|burla|arrombamento)",
    "(vazamento|fuga|roubo|violacao) de (dados|informacoes|identidade|informacao)",
    "(dados|informacoes|ficheiros|arquivos) .. (publicos|publicados|expostos|vazados|vazaram|"
        "divulgados)",
    "(destinatario|cliente|endereco) errado",
    "(pessoa|empresa) errada",
    "(conta|senha|palavra passe|credenciais) [foi|foram|esta] (hackeada|invadida|roubada|"
        "comprometida|roubadas|pirateada)",
    "(cliquei|abri|coloquei|dei|inseri|digitei) .. (phishing|golpe|fraudulento|fraudulenta|"
        "golpista)",
    NULL
};
static const char *const innocent[] = {
    "(prevencao|politica|formacao|treinamento|curso) (de|contra|sobre) [o] (assedio|suicidio|"
        "sabotagem|fraude)",
    NULL
};
static const char *const policy[] = {
    "(reembolso|reembolsos|reembolsar|estorno|devolucao do dinheiro|dinheiro de volta)",
    "(advogado|processar voces|acao judicial|medidas legais|tribunal|procon)",
    "(cancelar|rescindir) [o|a] [meu|nosso|minha] (contrato|assinatura|subscricao)",
    "(apagar|excluir|eliminar) todos os meus dados",
    NULL
};
static const char *const complex[] = {
    "(varios|diversos|multiplos|todos os) (sistemas|servidores|programas|servicos) (nao|estao|"
        "afetados|falham)",
    NULL
};
static const char *const greeting[] = {
    "(ola|oi|bom dia|boa tarde|boa noite|saudacoes) [a todos|pessoal|equipe|equipa]",
    NULL
};
static const char *const thanks[] = {
    "(obrigado|obrigada|muito obrigado|muito obrigada|agradeco|valeu|grato|grata|obrigadao) "
        "[pela|por|a|pelo|desde] [sua|tudo|voces|ajuda|ja|resposta|vossa] [ajuda|rapida|resposta]",
    "(tenha um|tenha uma) (bom dia|boa tarde|otimo dia)",
    "(tchau|adeus|ate logo)",
    NULL
};
static const char *const filler[] = {
    "(ok|certo|bem|muito|perfeito|otimo|tudo|ja|entendido|por favor|agora|excelente|bom|esta|"
        "beleza|e|claro|ta|entendi)",
    NULL
};
static const char *const solved[] = {
    "(ja|agora|tudo|isso|isto|problema) [ja|esta|me|foi|tudo] (funciona|funcionou|resolvido|"
        "ajudou|resolveu|funcionando|a funcionar|arrumado)",
    "(funcionou|funciona|resolveu|resolvido) (agora|perfeitamente|obrigado|obrigada|bem|de "
        "novo|ja)",
    "(resolvido|funcionou|me ajudou|ajudou me|deu certo)",
    "sim [isso|isto] [me] (ajudou|funcionou|resolveu|funciona)",
    NULL
};
static const char *const rejected[] = {
    "nao [me] (ajudou|ajuda|funciona|funcionou|resolve|resolveu|serve|e isso|era isso|adiantou|"
        "deu certo|serviu)",
    "(ainda|continua|continuam) (nao|sem|o mesmo|a mesma|igual|com|na mesma)",
    "(mesmo|mesma) (problema|erro|resultado|coisa|mensagem)",
    "(ja) (tentei|fiz|experimentei|testei|verifiquei)",
    "(resposta|solucao) errada",
    "nao (e|era) (isso|isto|o que|bem isso)",
    "(nada mudou|sem sucesso|sem efeito)",
    NULL
};
static const char *const yes[] = {
    "(sim|exato|exatamente|isso mesmo|correto|certeza)",
    NULL
};
static const char *const no[] = {
    "(nao|nada disso)",
    NULL
};
static const char *const also[] = {
    "(alem disso|tambem|adicionalmente|por outro lado|em segundo lugar)",
    "e (tambem|como|onde|quando|preciso|quero|gostaria|poderia|outra)",
    "(outra|mais uma) (pergunta|coisa|duvida|questao)",
    NULL
};
static const char *const question[] = {
    "(como|o que|que|onde|quando|por que|porque|quem|qual|quais|quanto|quantos|quantas|posso|"
        "pode|podem|ha|e possivel|para que|em que|de que|a quem|com quem|desde quando|em qual)",
    NULL
};
static const char *const request[] = {
    "(por favor|preciso|quero|gostaria|poderia|poderiam|podem|solicito|necessito)",
    NULL
};
static const char *const problem[] = {
    "nao [me|se|consigo|esta|estou] [a|me] (funciona|imprime|abre|liga|conecta|carrega|"
        "responde|inicia|consigo|aparece|chega|chegam|entra|acessar|aceder|entrar|recebo|vejo|"
        "funcionando|reconhece|arranca)",
    "(erro|erros|problema|problemas|falha|quebrado|quebrada|avariado|avariada|lento|lenta|"
        "bloqueado|bloqueada|travado|travando|perdido|expirou|expirada|desconectado|congelado|"
        "encravado)",
    "(sem|nao ha|nao tem) (som|imagem|sinal|conexao|ligacao|acesso|internet|rede)",
    NULL
};

static const struct speech_mood moods[] = {
    { "(furioso|furiosa|indignado|indignada|vergonha|vergonhoso|inaceitavel|inadmissivel|"
          "intoleravel|escandalo|absurdo)", -19 },
    { "(pessimo|pessima|ridiculo|ridicula|incompetentes|incompetente|inutil|inuteis|lixo|"
          "idiotas|patetico|palhacada|desastre)", -14 },
    { "(pior|horrivel|terrivel|farto|farta|cansado de|cansada de|lamentavel)", -13 },
    { "(irritado|irritada|irritante|frustrado|frustrada|frustrante|zangado|chateado|chateada|"
          "decepcionado|decepcionada|desiludido|insatisfeito)", -11 },
    { "(merda|porra|caralho|puta|foda|bosta|maldito)", -14 },
    { "(terceira vez|quarta vez|quinta vez|enesima vez|mais uma vez o mesmo)", -9 },
    { "(ha horas esperando|ha dias esperando|esperando ha|a espera ha|perda de tempo|"
          "reclamacao)", -8 },
    { "(obrigado|obrigada|gentil|contente|satisfeito|util)", 7 },
    { "(otimo|perfeito|excelente|maravilhoso|fantastico|parabens)", 8 },
    { NULL, 0 }
};

static const char *const common[] = {
    "a", "ainda", "ajuda", "algo", "ao", "aos", "aquele", "aqui", "as", "assim", "ate", "com",
    "como", "da", "das", "de", "do", "dos", "e", "ela", "elas", "ele", "eles", "em", "entre",
    "era", "essa", "esse", "esta", "estao", "estar", "estava", "este", "estou", "eu", "faco",
    "favor", "faz", "fazer", "foi", "foram", "gostaria", "ha", "isso", "isto", "ja", "lhe",
    "mais", "mas", "me", "meu", "meus", "minha", "minhas", "muito", "na", "nada", "nao", "nas",
    "no", "nos", "nossa", "nosso", "o", "obrigado", "ola", "onde", "os", "ou", "para", "pela",
    "pelas", "pelo", "pelos", "pode", "podem", "poderia", "por", "porque", "posso", "preciso",
    "quais", "qual", "quando", "quantas", "quanto", "quantos", "que", "quem", "quero", "sao",
    "se", "sem", "ser", "seu", "seus", "sim", "sobre", "sou", "sua", "suas", "tambem", "te",
    "tem", "tenho", "teu", "toda", "todas", "todos", "tu", "tudo", "um", "uma", "umas", "uns",
    "voce", "voces", "vos",
    NULL
};

static const struct speech_said said = {
    .hello = "Olá! Sou {bot}, o assistente automático do suporte.",
    .offer = "Em que posso ajudar?",
    .how_human = "Para chegar a uma pessoa a qualquer momento, escreva “falar com uma pessoa”.",
    .acknowledge = "Obrigado, anotei.",
    .welcome = "De nada. Se algo ficou pendente, escreva aqui.",
    .glad = "Que bom! Se algo ficou pendente, escreva aqui.",
    .solved =
        "Ótimo, fico contente que funcione. Vou fechar este pedido; se o problema voltar, "
            "escreva aqui.",
    .answer = "Isto pode ajudar. Do nosso artigo “{title}”: “{quote}”",
    .helped = "Isto ajudou?",
    .sorry_failed = "Lamento que isto não tenha ajudado.",
    .not_found = "Não encontrei uma resposta segura nos nossos artigos.",
    .ask_device = "De que aparelho ou programa se trata?",
    .ask_error =
        "O que vê exatamente: há uma mensagem ou número de erro, e o que fez pouco antes?",
    .ask_since = "Desde quando isto acontece, e algo mudou pouco antes?",
    .ask_scope = "Isto afeta só a si ou também outras pessoas?",
    .ask_site = "Em que escritório está, e também acontece noutro lugar?",
    .ask_wish = "Para quem ou para que dispositivo é, e até quando precisa?",
    .ask_rephrase = "Pode descrever em uma ou duas frases o que quer fazer ou saber?",
    .handoff =
        "Vou passar isto a uma pessoa da nossa equipa, que pode ler tudo o que escreveu aqui.",
    .handoff_urgent =
        "Avisei a nossa equipa agora mesmo; uma pessoa continua aqui e pode ler tudo o que "
            "escreveu.",
    .handoff_angry =
        "Lamento esta experiência; uma pessoa da nossa equipa continua agora e pode ler tudo o "
            "que escreveu.",
    .handoff_safety =
        "Vou passar isto a uma pessoa agora mesmo; se alguém estiver em perigo, ligue primeiro "
            "para a emergência.",
    .handoff_closed =
        "A nossa equipa não está neste momento; o seu pedido está no topo da lista e uma "
            "pessoa responderá aqui.",
    .handoff_opens =
        "A nossa equipa volta {opens}; o seu pedido está no topo da lista e uma pessoa "
            "responderá aqui.",
    .also_passed = "Uma pessoa da nossa equipa tratará do seu outro pedido: “{request}”",
    .yes = "Sim, ajudou",
    .no = "Não, não ajudou",
    .human = "Falar com uma pessoa",
    .devices = { "Computador", "Telefone ou tablet", "Impressora", "Outra coisa" },
    .since = { "Desde hoje", "Há alguns dias", "Há mais tempo" },
    .scope = { "Só a mim", "Várias pessoas", "Todos" },
};

const struct speech speech_pt = {
    "pt",
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
