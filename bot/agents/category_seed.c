#include "bot/agents/category.h"

#define PHRASES(...) (const char *const[]){ __VA_ARGS__ }, \
    sizeof (const char *const[]){ __VA_ARGS__ } / sizeof (const char *)

/* An IT help desk that serves offices. Admins change and extend it; it is only a start. */
static const struct triage_category seeds[] = {
    { "Account", "Password", NULL, PHRASES("password", "reset password", "forgot password",
        "password expired", "locked out", "account locked", "unlock account", "Passwort",
        "Passwort vergessen", "Konto gesperrt", "mot de passe", "contraseña", "كلمة المرور",
        "пароль", "密码", "senha", "hasło", "şifre", "wachtwoord") },
    { "Account", "Sign-in", NULL, PHRASES("log in", "sign in", "login", "cannot log in",
        "two factor", "authenticator", "mfa", "verification code", "multi factor", "Anmeldung",
        "anmelden", "einloggen", "connexion", "iniciar sesión", "تسجيل الدخول", "войти", "登录") },
    { "Account", "New starter", NULL, PHRASES("new employee", "new starter", "new colleague",
        "onboarding", "create account", "new user", "leaver", "offboarding", "neuer Mitarbeiter",
        "nouvel employé", "nuevo empleado") },
    { "Hardware", "Printer", NULL, PHRASES("printer", "printer offline", "print", "printing",
        "paper jam", "toner", "scanner", "scan", "Drucker", "drucken", "imprimante", "impresora",
        "stampante", "impressora", "drukarka", "طابعة", "принтер", "打印机", "yazıcı") },
    { "Hardware", "Computer", NULL, PHRASES("laptop", "computer", "screen", "monitor", "keyboard",
        "mouse", "battery", "slow computer", "computer slow", "blue screen", "wont start",
        "disk full", "no space", "docking station", "Bildschirm", "Rechner", "ordinateur", "écran",
        "ordenador", "pantalla", "كمبيوتر", "компьютер", "电脑", "bilgisayar") },
    { "Hardware", "Phone", NULL, PHRASES("mobile phone", "phone", "smartphone", "iphone", "android",
        "sim card", "headset", "tablet", "Handy", "Telefon", "téléphone", "teléfono", "телефон") },
    { "Network", "Internet and Wi-Fi", NULL, PHRASES("wifi", "wi-fi", "wireless", "internet",
        "no internet", "network", "slow internet", "network cable", "WLAN", "Netzwerk", "réseau",
        "red", "إنترنت", "интернет", "网络", "无线") },
    { "Network", "VPN and remote access", NULL, PHRASES("vpn", "remote access", "remote desktop",
        "work from home", "rdp", "citrix", "Fernzugriff", "Homeoffice", "télétravail") },
    { "Software", "E-mail", NULL, PHRASES("email", "mail", "outlook", "mailbox", "shared mailbox",
        "inbox", "send email", "receive email", "attachment", "calendar", "signature", "E-Mail",
        "Postfach", "courriel", "correo", "posta", "بريد", "почта", "邮件", "邮箱", "eposta") },
    { "Software", "Meetings", NULL, PHRASES("teams", "zoom", "meeting", "microphone", "camera",
        "no sound", "audio", "share screen", "video call", "webcam", "Besprechung", "réunion") },
    { "Software", "Files", NULL, PHRASES("onedrive", "sharepoint", "shared folder", "folder",
        "file", "restore file", "deleted file", "network drive", "sync", "Ordner", "Datei",
        "dossier", "fichier", "carpeta", "archivo", "файл", "文件") },
    { "Software", "Applications", NULL, PHRASES("install", "software", "application", "program",
        "excel", "word", "adobe", "license", "licence", "update", "crash", "installieren",
        "Programm", "logiciel", "instalar", "программа", "软件") },
    { "Security", "Phishing and malware", NULL, PHRASES("phishing", "suspicious email", "spam",
        "virus", "malware", "ransomware", "hacked", "scam", "suspicious link", "verdächtige Mail",
        "hameçonnage", "вирус", "病毒", "钓鱼") },
    { "Access", "Permissions", NULL, PHRASES("access", "permission", "access denied", "rights",
        "need access", "give access", "Berechtigung", "Zugriff", "autorisation", "permiso", "доступ",
        "权限") },
    { "Billing", "Invoices", NULL, PHRASES("invoice", "billing", "payment", "refund", "charge",
        "contract", "quote", "price", "Rechnung", "facture", "factura", "fattura", "فاتورة", "счет",
        "发票", "fatura") },
};

const struct triage_category *category_defaults(size_t *count)
{
    *count = sizeof seeds / sizeof seeds[0];
    return seeds;
}
