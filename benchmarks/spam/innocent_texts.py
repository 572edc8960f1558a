"""Wanted mail that the collections lack: receipts, codes, newsletters … of invented companies, in many languages. Data.

A line is `kind | subject | sentence | sentence …`; {shop}, {code}, {sum}, {site} are filled in.
"""

TEXTS = {
    "en": """
receipt | Your receipt from {shop} | Thank you for your purchase. | Order number {code}, total {sum}. | Your payment was successful. | If you have any questions, reply to this email or contact customer service. | View your order
code | {code} is your verification code | Use this code to sign in to {shop}. | The code expires in 10 minutes. | If you did not request this, you can ignore this email. | Never share this code with anyone.
reset | Reset your {shop} password | We received a request to reset the password of your account. | Click the button below to choose a new password. | The link expires in 24 hours. | If you did not make this request, please ignore this message. | Reset password
newsletter | Autumn sale: up to 50% off at {shop}! | Our best deals of the season, only this week. | Free shipping on all orders over {sum}. | Shop now and save on jackets, shoes and bags. | Limited time offer, while supplies last. | Shop now | View in browser | You are receiving this email because you subscribed. Unsubscribe | Copyright {shop}, all rights reserved.
digest | This week at {shop} | Five articles our readers liked most. | How small teams plan their work. | An interview with a baker who left banking. | Read more | You can unsubscribe at any time. | Update your preferences
shipping | Your order {code} has been shipped | Good news: your package is on its way. | Delivery is expected on Thursday. | Track your package | If nobody is at home, we will leave it with a neighbour.
signin | New sign-in to your {shop} account | We noticed a new sign-in to your account from Firefox on Linux. | If this was you, you don't need to do anything. | If you don't recognize this activity, change your password. | Review activity | You received this email to let you know about important changes to your account.
invitation | Invitation: planning meeting, Tuesday 10:00 | You have been invited to the following event. | Agenda: budget, hiring, the new office. | Going? Yes, No, Maybe | Join with the link below.
invoice | Invoice {code} from {shop} | Please find attached your invoice for October. | The amount of {sum} is due on 30 November. | Please transfer it to the account named in the invoice. | Kind regards, accounting
payment | Your payment could not be processed | We were unable to charge your card for your {shop} subscription. | Please update your payment method to keep your plan. | We will try again in three days. | Update payment method
renewal | Your {shop} subscription renews soon | Your annual plan will be renewed automatically on 12 December for {sum}. | You can cancel at any time in your account settings. | Manage subscription | Need help? Contact customer support.
survey | How did we do? | Please take a short survey about your last visit to {shop}. | It takes two minutes, and your answers help us improve. | Start the survey
statement | Your statement is ready | Your monthly account statement is now available in online banking. | Log in to view it. | For your security we never ask for your password by email. | View statement
social | Ann mentioned you in a comment | Ann Miller mentioned you in a comment on {shop}. | "I think we should ask Tom about it." | View comment | You can change your notification settings.
ticket | Your tickets for Saturday | Here are your tickets for the concert in the town hall. | Doors open at 19:00. Show this email or the attached PDF at the entrance. | Order {code} | Add to calendar
welcome | Welcome to {shop} | Thanks for signing up. Please confirm your email address to activate your account. | Confirm email address | If you did not create an account, no action is required.
job | 12 new jobs for "python developer" | New jobs that match your alert. | Backend developer, full time, remote. | Data engineer at a hospital. | See all jobs | Unsubscribe from this alert
quote | Re: offer for the kitchen | Dear Mrs Weber, | thank you for your inquiry. | As discussed we send you our quotation for the kitchen, {sum} including delivery. | Please let me know if you have any questions. | Best regards
personal | Lunch tomorrow? | Hi Tom, | are you free for lunch tomorrow? I could do one o'clock at the usual place. | Bring the photos if you think of it! | See you, Ann
security | Security advisory for {shop} server | We have released version {code}, which fixes two vulnerabilities. | Please update as soon as possible. | No action is required for hosted customers. | Read the advisory
charity | Thank you for your donation | Your donation of {sum} has arrived. | With your help we feed 200 families this winter. | You will receive the tax certificate in January. | Read more about our work
health | Appointment reminder | This is a reminder of your appointment with Dr Shah on Monday at 9:30. | If you cannot come, please call us at +44 20 7946 0123 or reply to this email. | Please bring your insurance card.
refund | Your refund of {sum} | We have received your return and refunded {sum} to your card. | It may take five business days until the amount appears on your statement. | View details
report | [build] 3 checks failed | Run {code} failed on main. | 2 tests failed, 318 passed. | View the log | You are receiving this because you are subscribed to this repository.
bounce | Undelivered Mail Returned to Sender | This is the mail system at host {site}. | I'm sorry to have to inform you that your message could not be delivered to one or more recipients. | The mail system: user unknown
away | Automatic reply: out of office | I am out of the office until 3 December and will answer your message when I am back. | In urgent cases please contact my colleague.
trial | Your trial ends in 3 days | Your free trial of {shop} ends on Friday. | Upgrade now to keep your projects. | Choose a plan from {sum} a month. | No credit card is required. | Upgrade
storage | Your storage is 90% full | You have used 13.5 GB of 15 GB. | When the storage is full you cannot upload new files. | Get more storage or free up space. | Manage storage
share | Tom shared a document with you | Tom Berger has shared the document "Budget 2027" with you. | Open document | You receive this email because a document was shared with you.
""",
    "de": """
receipt | Ihre Bestellung bei {shop} | Vielen Dank für Ihre Bestellung. | Bestellnummer {code}, Gesamtbetrag {sum}. | Ihre Zahlung war erfolgreich. | Bestellung ansehen
code | {code} ist Ihr Bestätigungscode | Bitte geben Sie diesen Code ein, um sich bei {shop} anzumelden. | Der Code ist 10 Minuten gültig. | Geben Sie ihn an niemanden weiter.
reset | Passwort zurücksetzen | Sie haben angefordert, Ihr Passwort zurückzusetzen. | Klicken Sie auf die Schaltfläche, um ein neues Passwort zu wählen. | Wenn Sie das nicht waren, ignorieren Sie diese Nachricht. | Passwort zurücksetzen
newsletter | Jetzt sparen: bis zu 50 % Rabatt bei {shop} | Unsere besten Angebote der Woche. | Kostenloser Versand ab {sum}. | Nur für kurze Zeit. | Jetzt kaufen | Im Browser ansehen | Newsletter abbestellen | Impressum
shipping | Ihre Sendung ist unterwegs | Ihr Paket wurde heute verschickt. | Voraussichtliche Zustellung: Donnerstag. | Sendung verfolgen
signin | Neue Anmeldung bei {shop} | Wir haben eine neue Anmeldung bei Ihrem Konto festgestellt. | Wenn Sie das waren, müssen Sie nichts tun. | Sonst ändern Sie bitte Ihr Passwort.
invoice | Rechnung {code} | Sehr geehrte Damen und Herren, | anbei erhalten Sie die Rechnung für Oktober. | Bitte überweisen Sie {sum} bis zum 30. November. | Mit freundlichen Grüßen
""",
    "fr": """
receipt | Votre commande chez {shop} | Merci pour votre commande. | Numéro {code}, montant total {sum}. | Votre paiement a été accepté. | Voir ma commande
code | Votre code de vérification : {code} | Utilisez ce code pour vous connecter à {shop}. | Il est valable 10 minutes. | Ne le communiquez à personne.
reset | Réinitialisation de votre mot de passe | Vous avez demandé à réinitialiser votre mot de passe. | Cliquez sur le bouton ci-dessous. | Si vous n'êtes pas à l'origine de cette demande, ignorez ce message. | Réinitialiser
newsletter | Soldes : jusqu'à -50 % chez {shop} | Nos meilleures offres de la saison. | Livraison gratuite dès {sum}. | Profitez-en avant dimanche ! | J'en profite | Voir dans le navigateur | Se désinscrire
shipping | Votre colis est en route | Votre colis a été expédié aujourd'hui. | Livraison prévue jeudi. | Suivre mon colis
signin | Nouvelle connexion à votre compte | Nous avons détecté une nouvelle connexion à votre compte. | Si c'était vous, aucune action n'est nécessaire. | Sinon, changez votre mot de passe.
""",
    "es": """
receipt | Tu pedido en {shop} | Gracias por tu compra. | Número de pedido {code}, total {sum}. | Tu pago se ha realizado correctamente. | Ver pedido
code | {code} es tu código de verificación | Usa este código para iniciar sesión en {shop}. | Caduca en 10 minutos. | No lo compartas con nadie.
reset | Restablece tu contraseña | Hemos recibido una solicitud para restablecer tu contraseña. | Haz clic en el botón. | Si no has sido tú, ignora este mensaje. | Restablecer contraseña
newsletter | Rebajas: hasta 50 % de descuento en {shop} | Las mejores ofertas de la temporada. | Envío gratis a partir de {sum}. | Compra ahora | Ver en el navegador | Darse de baja
shipping | Tu paquete está en camino | Tu pedido ha salido de nuestro almacén. | Entrega prevista: jueves. | Seguir mi paquete
signin | Nuevo inicio de sesión en tu cuenta | Hemos detectado un nuevo inicio de sesión. | Si has sido tú, no tienes que hacer nada. | Si no, cambia tu contraseña.
""",
    "pt": """
receipt | Seu pedido na {shop} | Obrigado pela sua compra. | Pedido {code}, total {sum}. | Seu pagamento foi aprovado. | Ver pedido
code | {code} é o seu código de verificação | Use este código para entrar na {shop}. | Ele expira em 10 minutos. | Não compartilhe com ninguém.
reset | Redefinir sua senha | Recebemos um pedido para redefinir sua senha. | Clique no botão abaixo. | Se não foi você, ignore este e-mail. | Redefinir senha
newsletter | Ofertas da semana: até 50% de desconto na {shop} | As melhores ofertas. | Frete grátis a partir de {sum}. | Aproveite | Comprar agora | Cancelar inscrição
shipping | Seu pedido foi enviado | Sua encomenda está a caminho. | Entrega prevista para quinta-feira. | Acompanhar entrega
invoice | Sua fatura de outubro | Sua fatura no valor de {sum} já está disponível. | Vencimento: 30 de novembro. | Segue em anexo o boleto. | Ver fatura
""",
    "it": """
receipt | Il tuo ordine su {shop} | Grazie per il tuo acquisto. | Ordine {code}, totale {sum}. | Il pagamento è andato a buon fine. | Vedi ordine
code | {code} è il tuo codice di verifica | Usa questo codice per accedere a {shop}. | Scade tra 10 minuti. | Non condividerlo con nessuno.
reset | Reimposta la password | Abbiamo ricevuto la richiesta di reimpostare la password. | Clicca sul pulsante. | Se non sei stato tu, ignora questo messaggio.
newsletter | Saldi: fino al 50% di sconto su {shop} | Le migliori offerte della stagione. | Spedizione gratuita da {sum}. | Acquista ora | Cancellarsi
""",
    "nl": """
receipt | Je bestelling bij {shop} | Bedankt voor je bestelling. | Bestelnummer {code}, totaal {sum}. | Je betaling is gelukt. | Bekijk bestelling
code | {code} is je verificatiecode | Gebruik deze code om in te loggen bij {shop}. | De code is 10 minuten geldig.
newsletter | Sale: tot 50% korting bij {shop} | De beste aanbiedingen van het seizoen. | Gratis verzending vanaf {sum}. | Shop nu | Uitschrijven
shipping | Je pakket is onderweg | Je pakket wordt donderdag bezorgd. | Volg je pakket
""",
    "pl": """
receipt | Twoje zamówienie w {shop} | Dziękujemy za zakupy. | Numer zamówienia {code}, razem {sum}. | Płatność została przyjęta. | Zobacz zamówienie
code | {code} to Twój kod weryfikacyjny | Użyj tego kodu, aby zalogować się do {shop}. | Kod jest ważny 10 minut.
newsletter | Wyprzedaż: do 50% taniej w {shop} | Najlepsze oferty sezonu. | Darmowa dostawa od {sum}. | Kup teraz | Wypisz się
shipping | Twoja paczka jest w drodze | Paczka zostanie dostarczona w czwartek. | Śledź paczkę
""",
    "ru": """
receipt | Ваш заказ в {shop} | Спасибо за покупку. | Номер заказа {code}, итого {sum}. | Оплата прошла успешно. | Посмотреть заказ
code | {code} — ваш код подтверждения | Введите этот код, чтобы войти в {shop}. | Код действует 10 минут. | Никому его не сообщайте.
reset | Восстановление пароля | Вы запросили восстановление пароля. | Нажмите на кнопку ниже. | Если это были не вы, проигнорируйте это письмо.
newsletter | Скидки до 50% в {shop} | Лучшие предложения сезона. | Бесплатная доставка от {sum}. | Купить | Отписаться
shipping | Ваша посылка в пути | Посылка будет доставлена в четверг. | Отследить посылку
""",
    "uk": """
receipt | Ваше замовлення в {shop} | Дякуємо за покупку. | Номер замовлення {code}, разом {sum}. | Переглянути замовлення
code | {code} — ваш код підтвердження | Введіть цей код, щоб увійти до {shop}. | Код дійсний 10 хвилин.
newsletter | Знижки до 50% у {shop} | Найкращі пропозиції сезону. | Безкоштовна доставка від {sum}. | Відписатися
""",
    "zh": """
receipt | 您在{shop}的订单 | 感谢您的购买。 | 订单号 {code}，合计 {sum}。 | 您的付款已成功。 | 查看订单
code | {code} 是您的验证码 | 请使用此验证码登录{shop}。 | 验证码10分钟内有效，请勿告诉他人。
reset | 重置您的密码 | 我们收到了重置密码的请求。 | 请点击下方按钮设置新密码。 | 如非本人操作，请忽略此邮件。
newsletter | {shop}秋季特惠：低至五折 | 本季最优惠的商品。 | 满{sum}免费送货。 | 立即购买 | 退订
shipping | 您的包裹已发出 | 预计星期四送达。 | 查看物流
invoice | {shop}十月份电子发票 | 您好，附件是您十月份的电子发票，金额{sum}。 | 如有疑问请联系客服。
""",
    "ja": """
receipt | 【{shop}】ご注文の確認 | この度はご注文いただき、誠にありがとうございます。 | ご注文番号：{code}　合計：{sum} | お支払いが完了しました。 | 注文内容を見る
code | {shop} 認証コード：{code} | ログインには以下の認証コードを入力してください。 | 有効期限は10分です。 | このコードを他人に教えないでください。
reset | パスワードの再設定 | パスワード再設定のご依頼を受け付けました。 | 下記のリンクから新しいパスワードを設定してください。 | お心当たりのない場合は、このメールを破棄してください。
newsletter | {shop} 秋のセール 最大50%OFF | 今週のおすすめ商品のご案内です。 | {sum}以上で送料無料。 | 今すぐ見る | 配信停止はこちら
shipping | 商品発送のお知らせ | ご注文の商品を発送いたしました。 | お届け予定：木曜日 | 配送状況を確認する
""",
    "ko": """
receipt | {shop} 주문이 완료되었습니다 | 주문해 주셔서 감사합니다. | 주문번호 {code}, 합계 {sum} | 결제가 완료되었습니다. | 주문 보기
code | 인증번호 {code} | {shop} 로그인을 위한 인증번호입니다. | 10분 동안 유효합니다. | 다른 사람에게 알려주지 마세요.
newsletter | {shop} 가을 할인 최대 50% | 이번 주 추천 상품입니다. | {sum} 이상 무료배송 | 지금 보기 | 수신거부
shipping | 상품이 발송되었습니다 | 목요일에 도착할 예정입니다. | 배송 조회
""",
    "ar": """
receipt | طلبك من {shop} | شكرا لشرائك. | رقم الطلب {code}، المجموع {sum}. | تم الدفع بنجاح. | عرض الطلب
code | {code} هو رمز التحقق الخاص بك | استخدم هذا الرمز لتسجيل الدخول إلى {shop}. | تنتهي صلاحيته خلال 10 دقائق. | لا تشاركه مع أحد.
newsletter | تخفيضات تصل إلى 50% في {shop} | أفضل عروض الموسم. | شحن مجاني ابتداء من {sum}. | تسوق الآن | إلغاء الاشتراك
""",
    "tr": """
receipt | {shop} siparişiniz | Alışverişiniz için teşekkür ederiz. | Sipariş numarası {code}, toplam {sum}. | Ödemeniz alındı. | Siparişi görüntüle
code | {code} doğrulama kodunuz | {shop} hesabınıza giriş yapmak için bu kodu kullanın. | Kod 10 dakika geçerlidir. | Kimseyle paylaşmayın.
newsletter | {shop} indirim: %50'ye varan fırsatlar | Sezonun en iyi teklifleri. | {sum} üzeri ücretsiz kargo. | Hemen al | Abonelikten çık
""",
    "hi": """
receipt | {shop} पर आपका ऑर्डर | खरीदारी के लिए धन्यवाद। | ऑर्डर संख्या {code}, कुल {sum}। | आपका भुगतान सफल रहा।
code | {code} आपका सत्यापन कोड है | {shop} में लॉग इन करने के लिए इस कोड का उपयोग करें। | यह कोड 10 मिनट तक मान्य है। | इसे किसी के साथ साझा न करें।
newsletter | {shop} सेल: 50% तक की छूट | इस सप्ताह के बेहतरीन ऑफर। | {sum} से ऊपर मुफ्त डिलीवरी।
""",
    "el": """
receipt | Η παραγγελία σας στο {shop} | Σας ευχαριστούμε για την αγορά σας. | Αριθμός παραγγελίας {code}, σύνολο {sum}. | Δείτε την παραγγελία
code | {code} είναι ο κωδικός επαλήθευσης | Χρησιμοποιήστε τον για να συνδεθείτε στο {shop}. | Ισχύει για 10 λεπτά.
""",
    "he": """
receipt | ההזמנה שלך ב-{shop} | תודה על הקנייה. | מספר הזמנה {code}, סך הכול {sum}. | לצפייה בהזמנה
code | {code} הוא קוד האימות שלך | השתמשו בקוד כדי להתחבר אל {shop}. | הקוד תקף לעשר דקות.
""",
    "th": """
receipt | คำสั่งซื้อของคุณที่ {shop} | ขอบคุณสำหรับการสั่งซื้อ | หมายเลขคำสั่งซื้อ {code} รวม {sum} | ดูคำสั่งซื้อ
code | {code} คือรหัสยืนยันของคุณ | ใช้รหัสนี้เพื่อเข้าสู่ระบบ {shop} | รหัสมีอายุ 10 นาที
""",
    "vi": """
receipt | Đơn hàng của bạn tại {shop} | Cảm ơn bạn đã mua hàng. | Mã đơn hàng {code}, tổng cộng {sum}. | Thanh toán thành công. | Xem đơn hàng
code | {code} là mã xác minh của bạn | Dùng mã này để đăng nhập {shop}. | Mã có hiệu lực trong 10 phút.
newsletter | Giảm giá đến 50% tại {shop} | Ưu đãi tốt nhất tuần này. | Miễn phí vận chuyển từ {sum}. | Mua ngay | Hủy đăng ký
""",
}
