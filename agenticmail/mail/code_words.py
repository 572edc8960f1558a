"""The words by which a verification code is told from other numbers, in the languages of mail. Lower case.

Stems are looked for anywhere, words only where they stand alone.
"""

import re

# What is called a code.
NOUN_STEMS = (
    *(
        "code",
        "código",
        "codigo",
        "codice",
        "kod",
        "kood",
        "kód",
        "код",
        "κωδικ",
        "رمز",
        "كود",
        "کد",
        "קוד",
        "कोड",
        "ओटीपी",
    ),
    *(
        "কোড",
        "验证码",
        "驗證碼",
        "校验码",
        "校驗碼",
        "动态码",
        "動態碼",
        "确认码",
        "確認碼",
        "安全码",
        "动态密码",
        "一次性密码",
    ),
    *(
        "代码",
        "代碼",
        "認證碼",
        "コード",
        "認証番号",
        "確認番号",
        "ワンタイムパスワード",
        "코드",
        "인증번호",
        "인증 번호",
        "확인번호",
    ),
    *("mobiletan", "smstan", "sms-tan", "pushtan", "phototan", "chiptan", "token de acess", "token de segur"),
    *("kóð", "کوڈ", "குறியீடு", "కోడ్", "ಕೋಡ್", "കോഡ്", "კოდი", "կոդ", "msimbo", "коды", "koodi", "cód"),
    *("รหัส", "one-time password", "one time password", "one-time pin", "einmalpasswort", "einmalkennwort"),
    *("mot de passe à usage unique", "contraseña de un solo uso", "senha de uso único", "password monouso"),
    *("одноразовый пароль", "одноразовий пароль", "tek kullanımlık şifre", "verification number"),
)
NOUN_WORDS = frozenset({"pin", "otp", "tan", "mã", "cod", "codul", "codi"})

# What a verification code is for, and how one speaks of it.
PURPOSE_STEMS = (
    *("verif", "vérif", "authenti", "authoriz", "authoris", "sign in", "sign-in", "signin", "signing in", "log in"),
    *("log-in", "login", "logging in", "one-time", "one time", "single-use", "two-factor", "two-step", "2-step", "2fa"),
    *("mfa", "passcode", "security code", "access code", "confirm", "activat", "share this code", "share it with"),
    *("reset code", "recovery code", "password reset", "reset your password", "code expires", "code will expire"),
    *("bestätig", "verifizier", "anmeld", "einlog", "sicherheits", "einmal", "zugangs", "freischalt", "prüfcode"),
    *("connexion", "connecter", "sécurité", "usage unique", "validation", "segurid", "acceso", "iniciar sesión"),
    *("inicio de sesión", "un solo uso", "segurança", "acesso", "uso único", "conferm", "sicurezza", "accesso"),
    *("accedere", "monouso", "bevestig", "beveilig", "inlog", "aanmeld", "eenmalig", "toegang", "weryfik"),
    *("potwierdz", "bezpiecze", "logowani", "zalogow", "jednorazow", "autoryz", "подтвержд", "проверк", "провероч"),
    *("для входа", "войти", "безопасн", "одноразов", "авториз", "доступ", "активац", "верифик", "підтвердж"),
    *("перевір", "для входу", "увійти", "безпек", "doğrula", "onay kod", "güvenlik", "giriş", "tek kullanımlık"),
    *("التحقق", "تأكيد", "التأكيد", "الأمان", "الدخول", "المرور", "אימות", "אבטחה", "כניסה", "התחבר", "חד-פעמי"),
    *("חד פעמי", "सत्याप", "सुरक्षा", "लॉगिन", "ओटीपी", "याचাই", "যাচাই", "验证", "驗證", "校验", "校驗", "登录", "登錄"),
    *(
        "登入",
        "动态码",
        "動態碼",
        "动态密码",
        "一次性",
        "确认码",
        "確認碼",
        "安全码",
        "認證",
        "認証",
        "確認コード",
        "確認番号",
    ),
    *(
        "ログイン",
        "サインイン",
        "ワンタイム",
        "セキュリティ",
        "本人確認",
        "인증",
        "확인 코드",
        "확인코드",
        "로그인",
        "보안",
    ),
    *("일회용", "xác minh", "xác nhận", "xác thực", "đăng nhập", "bảo mật", "verifikasi", "konfirmasi", "keamanan"),
    *("sekali pakai", "untuk masuk", "ยืนยัน", "เข้าสู่ระบบ", "ปลอดภัย", "bekräft", "bekræft", "bekreft", "säkerhet"),
    *("sikkerhe", "logga in", "inlogg", "log ind", "logg inn", "logge in", "engång", "engangs", "vahvist", "kirjaut"),
    *(
        "ověř",
        "potvrz",
        "přihl",
        "bezpeč",
        "jednoráz",
        "megerősít",
        "ellenőrz",
        "belép",
        "bejelentkez",
        "biztons",
        "autentific",
    ),
    *("επαλήθευσ", "επιβεβαίωσ", "ασφαλεί", "σύνδεσ", "تأیید", "تایید", "ورود", "تصدیق", "overov", "overen", "prihlás"),
    *(
        "потвържд",
        "потврд",
        "вход",
        "potvrd",
        "prijav",
        "potrdit",
        "midlertidig",
        "tillfällig",
        "tijdelijk",
        "pengesahan",
        "sahkan",
        "log masuk",
        "thibitish",
    ),
    *("kinnit", "sisselog", "apstiprin", "pieteik", "patvirtin", "prisijung", "staðfest", "innskrán", "verificació"),
    *(
        "mobiletan",
        "smstan",
        "sms-tan",
        "pushtan",
        "phototan",
        "chiptan",
        "растау",
        "דו-שלבי",
        "சரிபார்ப்பு",
        "ధృవీకరణ",
        "ದೃಢೀಕರಣ",
        "പരിശോധ",
        "დადასტურებ",
        "ვერიფიკაც",
        "հաստատ",
    ),
    *("beripika", "pagpapatunay", "tasdiqlash", "təsdiq", "vërtet", "egiaztatze", "dilys", "fíoraithe"),
)
PURPOSE_WORDS = frozenset({"otp", "tan"})

# Codes of another kind: struck out before anything is looked for.
OTHER_CODES = re.compile(
    r"\b(?:error|status|exit|return|http|response|reason|result|source|machine|byte|zip|postal|post|area|country|"
    r"dial(?:l?ing)?|bar|qr|sort|swift|bic|bank|branch|routing|tax|promo(?:tion|tional)?|discount|coupon|voucher|"
    r"gift(?:\s?card)?|referral|offer|savings?|deal|product|item|part|model|colou?r|dress|building|fire|tracking|"
    r"shipping|shipment|booking|reservation|order|airline|airport|station|commodity|hs|language|currency|course|class|"
    r"department|appointment|ticket|pick-up|delivery|centre|center|charity|company|candidate|exam|venue|employee|employer(?:['’]s)?|member|membership|partner|store|patient|policy|agent|seat|cost|project|job|vs|genetic|penal|civil|criminal|morse|stock|ticker|pickup|collection|locker|"
    r"invite|invitation|claim|winning|batch|group|style|sample|example|clean|open)[\s-]{0,2}codes?\b"
    r"|\b(?:code\s(?:of|review|base|freeze|sample|snippet|coverage|change)\w*|codebase|codec\w*|codex|coding|coded"
    r"|decode\w*|encode\w*|unicode|postcode|zipcode|barcode|keycode|opcode|geocode\w*|promocode)\b"
    r"|\b(?:failed|exited|exits|returned|rejected|aborted|terminated|died|quit)\s(?:with\s)?code\b"
    r"|\b(?:promo|coupon|discount|voucher|gift)[\s-]{0,2}(?:pin|otp)\b"
    r"|(?:charity|company|vehicle|tax)\sregistration\scodes?|codes\b|digicode\w*"
    r"|bestellcode\w*|auftragscode\w*|termincode\w*|abholcode\w*|paketcode\w*|sendungscode\w*|kundencode\w*|ophaalcode\w*|afhaalcode\w*|hämtkod\w*|hentekode\w*"
    r"|gutscheincode\w*|rabattcode\w*|aktionscode\w*|buchungscode\w*|kortingscode\w*|actiecode\w*|cadeaucode\w*"
    r"|code\s(?:promo|postal|de\sréduction|barre|à\sbarres|produit|client|avantage)\w*"
    r"|c[óo]digo\s(?:promocional|postal|de\sdescuento|de\sdesconto|de\sbarras|de\sárea|de\sseguimiento|de\srastre\w+"
    r"|de\sreserva|da\sreserva|de\spedido|do\spedido|de\sproducto|do\sproduto|de\scliente|do\scliente|de\scita|de\sagendamento|de\sretirada|de\srecogida)"
    r"|codice\s(?:articolo|ritiro|paziente|sconto|promozionale|postale|fiscale|a\sbarre|di\stracciamento|prenotazione|ordine|prodotto|cliente)"
    r"|kod\w*\s(?:odbioru|nadania|klienta|rabatow|pocztow|kreskow|promocyjn|produkt)\w*|промокод\w*|код\s(?:для\sполучения|получения|выдачи|товара|заказа|замовлення|товару)"
    r"|штрих-?код\w*|трек-?код\w*|(?:teslimat|kargo|gönderi|müşteri|indirim|posta|kupon|promosyon|ürün|sipariş|takip)\skod\w*|rabattkod\w*|streckkod\w*"
    r"|bokningskod\w*|kampanjkod\w*|kode\s(?:promo|pos|diskon|kupon|voucher|produk|pesanan|resi|booking)\w*"
    r"|mã\s(?:giảm|bưu|vận|đơn|sản|khuyến|khách|số\sthuế)\w*|(?:クーポン|商品|郵便|割引|プロモーション|予約|注文)コード"
    r"|(?:쿠폰|할인|상품|우편|프로모션)\s?코드|优惠代?码|優惠代?碼|折扣码|邮编|商品代码|股票代码|รหัส(?:ไปรษณีย์|ส่วนลด|สินค้า)"
    r"|(?:رمز|كود)\s(?:الخصم|المنتج|الطلب)|الرمز\sالبريدي|קוד\s(?:קופון|הנחה|מוצר)|प्रोमो\sकोड|कूपन\sकोड"
)

# Where a code belongs to a purchase, a journey, a parcel, a meeting, it verifies nobody.
OTHER_OCCASION_STEMS = (
    *(
        "booking",
        "reservation",
        "itinerary",
        "flight",
        "hotel",
        "check-in time",
        "boarding",
        "checkout",
        "% off",
        "%off",
    ),
    *("discount", "coupon", "shop now", "your order", "order number", "tracking", "parcel", "buchung", "réservation"),
    *(
        "reserva ",
        "prenotazione",
        "rezerwac",
        "бронирован",
        "rezervasyon",
        "meeting id",
        "webinar",
        "dial-in",
        "dial in",
    ),
    *(
        "conference id",
        "join zoom",
        "join the meeting",
        "meeting passcode",
        "gift card",
        "rabatt",
        "gutschein",
        "descuento",
    ),
    *(
        "desconto",
        "sconto",
        "скидк",
        "знижк",
        "indirim",
        "优惠",
        "割引",
        "할인",
        "giảm giá",
        "diskon",
        "ส่วนลด",
        "korting",
    ),
)

# What a number is called that stands right behind it.
LABELS = re.compile(
    r"(?:\b(?:order|invoice|inv|ticket|case|account|acct|customer|client|member(?:ship)?|ref|reference|tracking|parcel"
    r"|shipment|no|nr|num|number|nº|id|zip|phone|tel|fax|mobile|cell|call|ext|extension|box|suite|ste|room|unit|apt|floor"
    r"|article|section|page|version|build|release|issue|bug|pr|rfc|cve|model|sku|item|part|serial|policy|contract|claim"
    r"|total|amount|price|balance|sum|cost|usd|eur|gbp|inr|rs|chf|jpy|cny|rmb|ending(?:\sin)?|ends(?:\sin)?|last\sfour"
    r"|last\s4|(?:stop|help|text\s\w{1,12})\sto|year|copyright|rechnung(?:snummer)?"
    r"|bestell(?:ung|nummer)|auftrag(?:snummer)?|kundennummer|telefon|plz|\w{4,16}(?:nummer|numer|numara)|commande|facture|téléphone|pedido|factura"
    r"|fatura|teléfono|telefone|ordine|fattura|bestelling|factuur|zamówienie|zamówienia|faktura|заказ|заказа|счет|счёт"
    r"|телефон|замовлення|sipariş|pesanan|đơn\shàng|beställning|ordernummer|hotline|text)"
    r"|订单号?|訂單(?:編號)?|发票|电话|電話|注文番号|お問い合わせ番号|주문번호|전화)[\s.:#№-]{0,3}$"
)
PREPOSITIONS = re.compile(r"\b(?:from|since|until|by|in|over|about|than|around|nearly|approximately)\s{1,3}$")
# What a number counts that stands right before it.
UNITS = re.compile(
    r"\s?(?:%|€|\$|£|¥|₹|₽|zł|kr\b|usd\b|eur\b|gbp\b|chf\b|руб|грн|元|円|원|บาท|đ\b|"
    r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|am|pm|people|users?|items?|points?|miles|km|kg|mb|gb|kb"
    r"|bytes|words|characters|digits?|times|members|subscribers|views|tickets|seats|minuten|stunden|tage|jours|heures"
    r"|días|horas|dias|giorni|ore|dni|godzin|дней|часов|минут|gün|saat|分钟|小时|分間|時間|분|시간)\b)"
)
