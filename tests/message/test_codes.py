"""Which numbers are verification codes, on mail as services write it, and which look like one and are not."""

import pytest

from agenticmail.mail.codes import find_codes
from tests.message.code_mails import BRINGS_A_CODE, BRINGS_NONE

FOUND = [
    # English
    ("Your verification code", "Hi Ann,\n\nYour verification code is 482913.\n\nIt expires in 10 minutes.", "482913"),
    ("482913 is your Facebook confirmation code", "Hi Ann,\n\nSomeone tried to log in to your account.", "482913"),
    (
        "Sign in to Notion",
        "Your login code:\n\n  sweet\n\n739204\n\nIf you didn't try to log in, ignore this.",
        "739204",
    ),
    ("Google verification code", "G-482913 is your Google verification code.", "G-482913"),
    (
        "[GitHub] Please verify your device",
        "Hey ann!\n\nVerification code: 903174\n\nIf you did not sign in...",
        "903174",
    ),
    (
        "Your Steam account: Access from new computer",
        "Here is the Steam Guard code you need to login:\n\nR7K2P",
        "R7K2P",
    ),
    ("Your device code", "Enter the code WDJB-MJHT to sign in on your TV.", "WDJB-MJHT"),
    ("Slack confirmation code: ABC-DEF", "Confirm your email address. Your code: ABC-DEF", "ABC-DEF"),
    ("Your one-time passcode", "Use 123 456 to sign in. This code expires soon.", "123456"),
    ("WhatsApp", "Your WhatsApp security code: 123-456\nDon't share this code with others.", "123456"),
    ("Your Microsoft security code", "Security code: 7041239\n\nOnly enter this code on an official site.", "7041239"),
    ("Your temporary Anthropic login code is 204918", "", "204918"),
    ("Zoom OTP", "Your OTP is 58210. Do not share it with anyone.", "58210"),
    ("Bank of Example", "Your one-time PIN is 4821. Do not give it to anyone, not even our staff.", "4821"),
    (
        "Complete your registration",
        "Enter this code to verify your email:\n\n[ 6 0 2 7 1 3 ]".replace("[ ", "").replace(" ]", ""),
        "602713",
    ),
    ("Two-factor authentication", "Your 2FA code:\n\n**114 208**\n", "114208"),
    (
        "Confirm it's you",
        "Hello,\nplease use the following code to confirm your identity\n\n918273\n\nThanks",
        "918273",
    ),
    ("Reset your password", "Your password reset code is: 55123987", "55123987"),
    ("Your Uber code", "Your Uber verification code: 7193. Never share this code.", "7193"),
    ("Verify your email", "Thanks for signing up! 640218 is your code to verify this address.", "640218"),
    ("Discord", "Your Discord verification code is: 2048", "2048"),
    ("Order 48291: verify it's you", "Your verification code for order 48291 is 593021.", "593021"),
    (
        "Login attempt",
        "A login from Berlin on 2026-11-22 at 10:11. Your login code is 771204 and is valid for 15 minutes.",
        "771204",
    ),
    ("Security alert", "Enter 402817 as your security code. Sent to the phone ending in 4821.", "402817"),
    (
        "Epic Games",
        "Your two-factor sign in code\n\n384 019\n\nEpic Games, 620 Crossroads Blvd, Cary, NC 27518",
        "384019",
    ),
    ("Your code", "Authentication code\n\nA7K9Q2\n\nThis code will expire in 5 minutes.", "A7K9Q2"),
    # German
    ("Ihr Bestätigungscode", "Guten Tag,\n\nIhr Bestätigungscode lautet: 482913\n\nMit freundlichen Grüßen", "482913"),
    ("Anmeldung", "Ihr Sicherheitscode ist 730 118. Geben Sie ihn nicht weiter.", "730118"),
    ("Ihre TAN", "Die TAN für Ihre Anmeldung lautet: 559012", "559012"),
    ("Einmalcode", "Verwenden Sie diesen Einmalcode, um sich anzumelden:\n\n84 20 17\n", "842017"),
    # French
    ("Votre code de vérification", "Bonjour,\n\nVotre code de vérification est : 482913", "482913"),
    ("Connexion à votre compte", "Voici votre code de connexion\n\n901 234\n\nIl expire dans 10 minutes.", "901234"),
    ("Code de sécurité", "Saisissez le code de sécurité 66120 pour valider votre connexion.", "66120"),
    # Spanish
    ("Tu código de verificación", "Hola:\n\nTu código de verificación es 482913.", "482913"),
    ("Inicio de sesión", "Usa este código para iniciar sesión:\n\n203948\n\nNo lo compartas.", "203948"),
    # Portuguese
    ("Seu código de acesso", "Olá! Seu código de acesso é 774120. Não compartilhe.", "774120"),
    ("Código de verificação", "Digite o código de verificação abaixo\n\n3391", "3391"),
    # Italian
    ("Codice di verifica", "Il tuo codice di verifica è 482913", "482913"),
    ("Accesso", "Codice di sicurezza: 12 34 56", "123456"),
    # Dutch
    ("Je verificatiecode", "Je verificatiecode is 482913. Deel deze code met niemand.", "482913"),
    ("Inloggen", "Gebruik deze inlogcode:\n\n611 902", "611902"),
    # Polish
    ("Kod weryfikacyjny", "Twój kod weryfikacyjny to 482913", "482913"),
    ("Logowanie", "Jednorazowy kod do logowania: 90817", "90817"),
    # Russian, Ukrainian
    ("Код подтверждения", "Ваш код подтверждения: 482913. Никому его не сообщайте.", "482913"),
    ("Вход в аккаунт", "Код для входа в аккаунт\n\n55 20 41\n\nЕсли это не вы, смените пароль.", "552041"),
    ("Код підтвердження", "Ваш код підтвердження — 482913", "482913"),
    # Turkish
    ("Doğrulama kodunuz", "Doğrulama kodunuz: 482913", "482913"),
    ("Giriş", "Güvenlik kodu 771 203. Kimseyle paylaşmayın.", "771203"),
    # Arabic, Persian, Hebrew
    ("رمز التحقق", "رمز التحقق الخاص بك هو 482913", "482913"),
    ("تسجيل الدخول", "رمز التحقق: ٤٨٢٩١٣", "482913"),
    ("کد تأیید", "کد تأیید شما: 771204", "771204"),
    ("קוד אימות", "קוד האימות שלך הוא 482913", "482913"),
    # Hindi, Bengali
    ("सत्यापन कोड", "आपका सत्यापन कोड 482913 है", "482913"),
    ("OTP", "आपका ओटीपी 771204 है। इसे किसी से साझा न करें।", "771204"),
    # Chinese
    ("验证码", "您的验证码是482913，请在5分钟内输入。", "482913"),
    ("登录验证", "【示例】验证码：7412，用于登录，请勿泄露。", "7412"),
    ("驗證碼", "您的驗證碼為 482913", "482913"),
    # Japanese
    ("認証コード", "認証コード：482913\n有効期限は10分です。", "482913"),
    ("ログイン", "ログインするには次の確認コードを入力してください。\n\n７７１２０４", "771204"),
    ("本人確認", "ワンタイムパスワードは 340912 です。", "340912"),
    # Korean
    ("인증번호", "인증번호는 [482913] 입니다.", "482913"),
    ("로그인 인증", "인증 코드: 7712", "7712"),
    # Vietnamese, Indonesian, Thai
    ("Mã xác minh", "Mã xác minh của bạn là 482913", "482913"),
    ("Kode verifikasi", "Kode verifikasi Anda adalah 482913. Jangan berikan kepada siapa pun.", "482913"),
    ("รหัสยืนยัน", "รหัสยืนยันของคุณคือ 482913", "482913"),
    # Nordic, Czech, Hungarian, Romanian, Greek, Finnish
    ("Verifieringskod", "Din verifieringskod är 482913", "482913"),
    ("Engangskode", "Din engangskode er 77120", "77120"),
    ("Vahvistuskoodi", "Vahvistuskoodisi on 482913", "482913"),
    ("Ověřovací kód", "Váš ověřovací kód je 482913", "482913"),
    ("Ellenőrző kód", "Az ellenőrző kód: 482913", "482913"),
    ("Cod de verificare", "Codul de verificare este 482913", "482913"),
    ("Κωδικός επαλήθευσης", "Ο κωδικός επαλήθευσης είναι 482913", "482913"),
]

NOT_FOUND = [
    # orders, invoices, tickets, customers
    ("Order 482913 confirmed", "Thanks for your order #482913. We'll confirm when it ships."),
    ("Invoice 20261122", "Invoice number: 20261122\nTotal: 1482.50 EUR\nPlease log in to see it."),
    ("[Ticket 48291] Login problem", "Ticket #48291 was updated. Log in to answer."),
    ("Ihre Bestellung 4829134", "Ihre Bestellnummer: 4829134\nKundennummer: 771204\nMelden Sie sich an."),
    ("Votre commande 482913", "Commande n° 482913 confirmée. Connectez-vous pour la suivre."),
    ("Tu pedido 482913", "Pedido: 482913. Inicia sesión para ver los detalles."),
    ("Ваш заказ 482913", "Заказ № 482913 подтверждён. Войдите, чтобы посмотреть."),
    ("订单 482913", "您的订单号 482913 已确认，请登录查看。"),
    ("ご注文 482913", "注文番号：482913\nログインしてご確認ください。"),
    ("주문번호 482913", "주문번호 482913 이 확인되었습니다. 로그인하세요."),
    ("Case 00482913", "Your case 00482913 was closed. To confirm, log in."),
    ("Your account 12345678", "Account number 12345678: log in to confirm your details."),
    # codes of another kind
    ("Save 20%", "Use code 482913 at checkout for 20% off. Log in to shop now."),
    ("Your discount code", "Discount code: SAVE2026. Log in and confirm your cart."),
    ("Promo", "Promo code 4829 is waiting. Sign in to redeem."),
    ("Rabattcode", "Ihr Rabattcode: 482913. Jetzt anmelden und sparen!"),
    ("Code promo", "Votre code promo : 482913. Connectez-vous."),
    ("Código promocional", "Tu código promocional es 482913. Inicia sesión."),
    ("Промокод", "Ваш промокод: 482913. Войти в аккаунт."),
    ("优惠码", "您的优惠码：482913，请登录使用。"),
    ("クーポン", "クーポンコード：482913 ログインしてご利用ください。"),
    ("쿠폰", "쿠폰 코드: 482913 로그인 후 사용하세요."),
    ("Mã giảm giá", "Mã giảm giá: 482913. Đăng nhập để dùng."),
    ("Address check", "Please confirm your zip code 94107 and sign in."),
    ("Adresse", "Bitte bestätigen Sie die Postleitzahl 10115 bei der Anmeldung."),
    ("Build failed", "The login service returned error code 4829 during authentication."),
    ("CI", "Process finished with exit code 13700 in step verify."),
    ("Re: auth", "HTTP status code 40300 when I log in to the server, see code at line 4821."),
    ("Code review", "Code review 48291 was assigned to you. Please verify the login change."),
    ("Area", "Dial area code 4829 to confirm."),
    ("QR", "Scan the QR code 482913 to log in."),
    ("Sort code", "Sort code 123456, account 12345678. Please confirm the payment."),
    ("Your booking", "Booking code: 482913. Check-in opens at 10:00. Confirm your seat."),
    ("Reservation confirmed", "Hotel Example: confirmation code 4829134, arrival 22 November."),
    ("Flight", "Your flight is confirmed. Reservation code: K7QP2M"),
    ("Parcel", "Your parcel's tracking code is 00340434. Please confirm the delivery."),
    ("Zoom meeting", "Join Zoom Meeting\nMeeting ID: 845 1234 5678\nPasscode: 482913"),
    ("Gift card", "Your gift card code is 4829 1382. Redeem it when you log in."),
    ("Invitation", "Your invite code is 48291. Sign in to share it."),
    # prices, amounts, percentages
    ("Receipt", "You paid $4829.13 with the card ending in 4821. Confirm at login."),
    ("Überweisung", "Bestätigung: 1482,50 EUR wurden überwiesen. Ihr Code war gültig."),
    ("Price", "The verification code module now costs 4990 EUR a year."),
    ("Salary", "Your security code review bonus of € 12000 was confirmed."),
    ("Growth", "Login code conversions rose by 1200% this year."),
    # telephone numbers
    ("Call us", "If you got a verification code you did not ask for, call 0800 123 456."),
    ("Support", "Never share your security code. Call +1 415 555 1234 to verify."),
    ("Support", "Problems with your login code? Phone: 555-0142 or (415) 555-1234."),
    ("Text", "To stop getting login codes, text STOP to 24273."),
    ("Hotline", "Fragen zum Sicherheitscode? Hotline 0180 55 66 77"),
    # dates, years, times
    ("Security code policy", "The verification code policy of 2026 replaces the one of 2019."),
    ("Report", "Login codes sent between 2026-11-01 and 2026-11-22: see the attachment."),
    ("Wartung", "Die Anmeldung mit Sicherheitscode ist am 22.11.2026 von 10:00 bis 12:30 nicht möglich."),
    ("Code freeze", "Code freeze is on 20261122. Please sign in and confirm your items."),
    ("© notice", "We will never ask for your verification code.\n\n© 2026 Example Inc."),
    ("Expiry", "Your security code expires on 12/2027. Log in to renew."),
    # addresses, counts, versions, identifiers
    ("Address", "Never share your security code.\n\nExample Inc, 1600 Amphitheatre Pkwy, Mountain View, CA 94043"),
    ("Users", "Login codes were sent to 30000 users within 15 minutes."),
    ("Your code", "The code must have 6 digits. Do not share it. Sign in to get one."),
    ("Release", "The verification code plugin, version 20261, is out. Build 48291."),
    ("Link", "Verify your login here: https://example.com/verify?code=482913&id=77120"),
    ("Link", "To confirm, open https://example.com/v/482913/code"),
    ("Kernel panic", "[   32.650500] Code: f94013b5 17fffff1 (d42) at login: 00000000"),
    ("Card", "A login was confirmed with the card •••• 4821. No code was needed."),
    ("CVE", "CVE-2026-48291: login code bypass. Verify your version."),
    ("Crash at login", "CGGetOnlineDisplayList failed with code 1011 at graphical login"),
    ("RFC", "See RFC 6238 for how login codes are generated, and RFC 4226."),
    ("Stats", "Our code base has 482913 lines. Log in to confirm."),
    ("Newsletter", "Die Postleitzahl 10115, das Passwort und die Rechnungsnummer 482913."),
    ("Lunch", "See you at 1230 in room 4821, the door code changed, sign in at the desk."),
    ("Plain", "Numbers alone: 482913 and 771204, with nothing said of them."),
    ("", ""),
]


@pytest.mark.parametrize(("subject", "text", "code"), FOUND, ids=[f"{case[0]} {case[2]}" for case in FOUND])
def test_a_verification_code_is_found_and_nothing_beside_it(subject: str, text: str, code: str):
    assert find_codes(subject, text) == (code,)


@pytest.mark.parametrize(("subject", "text"), NOT_FOUND, ids=[case[1][:40] for case in NOT_FOUND])
def test_a_number_of_another_kind_is_no_code(subject: str, text: str):
    assert find_codes(subject, text) == ()


def test_there_are_enough_cases():
    assert len(FOUND) >= 60
    assert len(NOT_FOUND) >= 60


@pytest.mark.parametrize(("subject", "text", "code"), BRINGS_A_CODE, ids=[subject for subject, *_ in BRINGS_A_CODE])
def test_a_code_is_found_in_mail_of_many_languages(subject: str, text: str, code: str) -> None:
    assert find_codes(subject, text) == (code,)


@pytest.mark.parametrize(("subject", "text"), BRINGS_NONE, ids=[subject for subject, _ in BRINGS_NONE])
def test_orders_prices_telephones_dates_and_tracking_are_no_codes(subject: str, text: str) -> None:
    assert find_codes(subject, text) == ()
