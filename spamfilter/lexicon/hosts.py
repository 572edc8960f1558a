"""Domains by what they are for: free mailboxes, short links, pages for anybody, redirectors, brands. Data."""

FREE_MAIL = frozenset(
    "gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.co.in yahoo.in yahoo.co.jp yahoo.com.br "
    "yahoo.com.ph yahoo.com.hk yahoo.com.tw yahoo.com.cn yahoo.com.vn yahoo.co.id yahoo.ca yahoo.com.au ymail.com rocketmail.com "
    "hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.es hotmail.it outlook.com outlook.fr outlook.de outlook.es outlook.jp "
    "outlook.com.br live.com live.co.uk live.fr live.nl live.it msn.com aol.com aim.com att.net mail.com email.com usa.com gmx.com "
    "gmx.de gmx.net gmx.at gmx.us web.de t-online.de freenet.de mail.ru inbox.ru list.ru bk.ru yandex.com yandex.ru ya.ru rambler.ru "
    "protonmail.com proton.me pm.me tutanota.com tuta.io zoho.com icloud.com me.com mac.com qq.com 163.com 126.com yeah.net sina.com "
    "sina.cn sohu.com 139.com 189.cn foxmail.com aliyun.com tom.com 21cn.com naver.com daum.net hanmail.net nate.com rediffmail.com "
    "libero.it virgilio.it alice.it tiscali.it tin.it orange.fr wanadoo.fr free.fr laposte.net sfr.fr bol.com.br uol.com.br terra.com.br "
    "ig.com.br seznam.cz wp.pl o2.pl onet.pl interia.pl abv.bg ukr.net i.ua excite.com lycos.com fastmail.com hushmail.com inbox.lv "
    "consultant.com accountant.com lawyer.com diplomats.com financier.com workmail.com myself.com citromail.hu indamail.hu "
    "comcast.net verizon.net sbcglobal.net bellsouth.net cox.net charter.net btinternet.com sky.com talktalk.net shaw.ca rogers.com "
    "docomo.ne.jp ezweb.ne.jp softbank.ne.jp vip.163.com vip.qq.com gawab.com zohomail.com mail.bg centrum.cz post.cz".split()
)

SHORTENERS = frozenset(
    "bit.ly bitly.com tinyurl.com t.co goo.gl ow.ly is.gd v.gd buff.ly rebrand.ly cutt.ly shorturl.at rb.gy t.ly tiny.cc s.id "
    "adf.ly bl.ink lnkd.in l.ead.me u.to clck.ru vk.cc qrco.de me2.do short.gy urlz.fr shorte.st n9.cl t2m.io bit.do x.co "
    "tr.im snip.ly soo.gd dub.sh shor.by linktr.ee surl.li han.gl url.cn dwz.cn t.cn suo.im encurtador.com.br abre.ai "
    "acesse.one l1nk.dev shrtco.de tny.im ouo.io 1drv.ms forms.gle kutt.it gg.gg chilp.it u.nu w.wiki tinyurl.at l8.nu".split()
)

# Where anybody may put up a page within a minute.
FREE_PAGES = frozenset(
    "github.io gitlab.io netlify.app vercel.app web.app firebaseapp.com herokuapp.com pages.dev workers.dev r2.dev blogspot.com "
    "weebly.com weeblysite.com wixsite.com wixstudio.com webflow.io azurewebsites.net azurestaticapps.net azurefd.net onrender.com fly.dev glitch.me "
    "repl.co replit.app surge.sh square.site godaddysites.com translate.goog ngrok.io ngrok.app ngrok-free.app duckdns.org run.app appspot.com "
    "000webhostapp.com altervista.org ipfs.io dweb.link cloudflare-ipfs.com nftstorage.link yolasite.com jimdosite.com jimdofree.com "
    "strikingly.com mystrikingly.com webnode.page webnode.com site123.me ukit.me tilda.ws carrd.co notion.site notion.so typeform.com "
    "jotform.com formstack.com cognitoforms.com wufoo.com surveymonkey.com zohopublic.com zohosites.com canva.site gitbook.io page.link "
    "app.link onelink.me my.canva.site framer.app framer.website bubbleapps.io cloudwaysapps.com plesk.page lovestoblog.com "
    "infinityfreeapp.com rf.gd epizy.com byethost.com freehosting.com geocities.com angelfire.com tripod.com freewebs.com narod.ru "
    "blob.core.windows.net web.core.windows.net cloudapp.azure.com trafficmanager.net s3.amazonaws.com storage.googleapis.com "
    "firebasestorage.googleapis.com backblazeb2.com digitaloceanspaces.com linodeobjects.com objects.edge wasabisys.com "
    "oraclecloud.com myqcloud.com aliyuncs.com cos.ap-guangzhou.myqcloud.com edgeone.app sites.google.com docs.google.com "
    "forms.office.com script.google.com telegra.ph t.me wa.me hubspotpagebuilder.com systeme.io clickfunnels.com mailchimpsites.com "
    "contactin.bio beacons.ai linkr.bio constantcontactpages.com flazio.com hyperphp.com".split()
)

# Honest hosts that send on to wherever the link says.
REDIRECTORS = (
    ("google.", "/url"),
    ("google.", "/amp/"),
    ("googleadservices.com", "/pagead/aclk"),
    ("doubleclick.net", "/"),
    ("bing.com", "/ck/a"),
    ("youtube.com", "/redirect"),
    ("linkedin.com", "/slink"),
    ("linkedin.com", "/redir"),
    ("facebook.com", "/l.php"),
    ("baidu.com", "/link"),
    ("yahoo.com", "/RU="),
    ("t.umblr.com", "/redirect"),
    ("vk.com", "/away"),
    ("googleapis.com", "/redirect"),
    ("cdn.ampproject.org", "/"),
)

CHEAP_ENDINGS = frozenset(
    "top xyz click buzz icu cyou sbs bond cfd rest monster quest lol pw tk ml ga cf gq club online site store website space fun live "
    "shop work loan win bid stream download date racing review trade party science faith cricket accountant men gdn kim mom "
    "ooo wang ren vip life world today guru link press host pics hair skin beauty makeup autos boats homes yachts motorcycles mobi "
    "cam surf uno one best cash fit casa ink fyi lat su ws za.com sa.com br.com ru.com us.com eu.com".split()
)

# A name people trust, and the registered domains it mails from and links to (their first label, any ending, where
# it ends with a dot).
BRANDS: dict[str, tuple[str, ...]] = {
    "starbucks": ("starbucks.",),
    "kroger": ("kroger.",),
    "sephora": ("sephora.",),
    "dewalt": ("dewalt.",),
    "milwaukee tool": ("milwaukeetool.",),
    "dicks sporting": ("dickssportinggoods.",),
    "harborfreight": ("harborfreight.",),
    "acehardware": ("acehardware.",),
    "tmobile": ("t-mobile.",),
    "homedepot": ("homedepot.",),
    "wellsfargo": ("wellsfargo.",),
    "bankofamerica": ("bankofamerica.",),
    "americanexpress": ("americanexpress.",),
    "statefarm": ("statefarm.",),
    "walgreen": ("walgreens.",),
    "aliexpress": ("aliexpress.",),
    "alibaba": ("alibaba.",),
    "shopify": ("shopify.",),
    "mercadolivre": ("mercadolivre.",),
    "trustwallet": ("trustwallet.",),
    "geeksquad": ("geeksquad.",),
    "sams club": ("samsclub.",),
    "samsclub": ("samsclub.",),
    "petsmart": ("petsmart.",),
    "chick fil a": ("chick-fil-a.",),
    "cash app": ("cash.",),
    "cashapp": ("cash.",),
    "venmo": ("venmo.",),
    "zelle": ("zellepay.",),
    "quickbooks": ("intuit.",),
    "intuit": ("intuit.",),
    "turbotax": ("intuit.",),
    "pypl": ("paypal.",),
    "paypal": ("paypal.", "paypal-"),
    "microsoft": (
        "microsoft.",
        "microsoftonline.",
        "office.",
        "office365.",
        "live.",
        "outlook.",
        "windows.",
        "azure.",
        "sharepoint.",
        "msn.",
        "xbox.",
        "skype.",
        "linkedin.",
        "microsoftsupport.",
        "microsoftemail.",
    ),
    "office 365": ("microsoft.", "office.", "office365.", "microsoftonline.", "onmicrosoft.", "sharepoint."),
    "office365": ("microsoft.", "office.", "office365.", "microsoftonline.", "onmicrosoft."),
    "microsoft 365": ("microsoft.", "office.", "office365.", "microsoftonline."),
    "onedrive": ("microsoft.", "onedrive.", "live.", "sharepoint.", "office."),
    "sharepoint": ("microsoft.", "sharepoint.", "sharepointonline."),
    "outlook": ("microsoft.", "outlook.", "live.", "office."),
    "apple": ("apple.", "icloud.", "itunes.", "me."),
    "icloud": ("apple.", "icloud."),
    "itunes": ("apple.", "itunes."),
    "apple id": ("apple.", "icloud."),
    "amazon": ("amazon.", "amazonaws.", "amazonses.", "amzn.", "audible.", "primevideo.", "a2z.", "aboutamazon."),
    "amazon prime": ("amazon.", "primevideo."),
    "google": ("google.", "gmail.", "youtube.", "googlemail.", "googlegroups.", "goo.", "withgoogle."),
    "facebook": ("facebook.", "facebookmail.", "fb.", "meta.", "instagram.", "metamail."),
    "instagram": ("instagram.", "facebook.", "facebookmail.", "meta."),
    "whatsapp": ("whatsapp.", "facebook.", "meta."),
    "netflix": ("netflix.", "nflxext."),
    "spotify": ("spotify.",),
    "disney": ("disney.", "disneyplus.", "go.", "disneyonline."),
    "dropbox": ("dropbox.", "dropboxmail."),
    "docusign": ("docusign.",),
    "adobe": ("adobe.", "adobesign.", "echosign."),
    "wetransfer": ("wetransfer.",),
    "linkedin": ("linkedin.",),
    "twitter": ("twitter.", "x."),
    "telegram": ("telegram.", "t."),
    "dhl": ("dhl.", "dpdhl.", "deutschepost.", "dhl-"),
    "fedex": ("fedex.",),
    "ups": ("ups.", "upsemail."),
    "usps": ("usps.", "uspis."),
    "royal mail": ("royalmail.",),
    "dpd": ("dpd.", "dpdgroup.", "dpdlocal."),
    "correos": ("correos.",),
    "chronopost": ("chronopost.",),
    "la poste": ("laposte.",),
    "colissimo": ("laposte.", "colissimo."),
    "poste italiane": ("poste.", "posteitaliane."),
    "postnl": ("postnl.",),
    "evri": ("evri.",),
    "hermes": ("hermes.", "myhermes.", "evri.", "hermesworld."),
    "chase": ("chase.", "jpmorgan.", "jpmchase."),
    "wells fargo": ("wellsfargo.",),
    "bank of america": ("bankofamerica.", "bofa."),
    "citibank": ("citi.", "citibank."),
    "american express": ("americanexpress.", "aexp."),
    "amex": ("americanexpress.", "aexp."),
    "capital one": ("capitalone.",),
    "visa": ("visa.",),
    "mastercard": ("mastercard.",),
    "hsbc": ("hsbc.",),
    "barclays": ("barclays.", "barclaycard."),
    "lloyds": ("lloydsbank.", "lloydsbanking."),
    "natwest": ("natwest.",),
    "santander": ("santander.", "gruposantander."),
    "bbva": ("bbva.",),
    "caixabank": ("caixabank.",),
    "caixa": ("caixa.", "caixabank."),
    "bradesco": ("bradesco.",),
    "itau": ("itau.", "itau-unibanco."),
    "banco do brasil": ("bb.", "bancodobrasil."),
    "nubank": ("nubank.",),
    "serasa": ("serasa.", "serasaexperian."),
    "correios": ("correios.",),
    "livelo": ("livelo.",),
    "mercado livre": ("mercadolivre.", "mercadolibre."),
    "mercado libre": ("mercadolibre.", "mercadolivre."),
    "mercado pago": ("mercadopago.", "mercadolivre."),
    "receita federal": ("gov.",),
    "detran": ("gov.",),
    "sparkasse": ("sparkasse.",),
    "volksbank": ("volksbank.", "vr."),
    "deutsche bank": ("db.", "deutsche-bank."),
    "commerzbank": ("commerzbank.",),
    "postbank": ("postbank.",),
    "ing": ("ing.",),
    "rabobank": ("rabobank.",),
    "abn amro": ("abnamro.",),
    "credit agricole": ("credit-agricole.", "ca-"),
    "bnp paribas": ("bnpparibas.", "bnpparibas-"),
    "societe generale": ("societegenerale.",),
    "la banque postale": ("labanquepostale.", "laposte."),
    "ameli": ("ameli.", "assurance-maladie."),
    "impots": ("gouv.",),
    "intesa sanpaolo": ("intesasanpaolo.",),
    "unicredit": ("unicredit.", "unicreditgroup."),
    "nexi": ("nexi.",),
    "coinbase": ("coinbase.",),
    "binance": ("binance.",),
    "metamask": ("metamask.", "consensys."),
    "trust wallet": ("trustwallet.",),
    "trezor": ("trezor.", "satoshilabs."),
    "ledger": ("ledger.",),
    "kraken": ("kraken.",),
    "blockchain": ("blockchain.",),
    "opensea": ("opensea.",),
    "norton": ("norton.", "nortonlifelock.", "symantec.", "gendigital.", "lifelock."),
    "mcafee": ("mcafee.",),
    "geek squad": ("geeksquad.", "bestbuy."),
    "best buy": ("bestbuy.",),
    "ebay": ("ebay.",),
    "walmart": ("walmart.",),
    "costco": ("costco.",),
    "lowe s": ("lowes.",),
    "lowes": ("lowes.",),
    "home depot": ("homedepot.",),
    "ace hardware": ("acehardware.",),
    "cvs": ("cvs.",),
    "walgreens": ("walgreens.",),
    "target": ("target.",),
    "kohls": ("kohls.",),
    "harbor freight": ("harborfreight.",),
    "southwest": ("southwest.", "luv.", "southwestairlines."),
    "delta airlines": ("delta.",),
    "marriott": ("marriott.",),
    "state farm": ("statefarm.",),
    "omaha steaks": ("omahasteaks.",),
    "verizon": ("verizon.", "verizonwireless."),
    "t mobile": ("t-mobile.", "telekom."),
    "at t": ("att.",),
    "xfinity": ("xfinity.", "comcast."),
    "comcast": ("comcast.", "xfinity."),
    "orange": ("orange.",),
    "vodafone": ("vodafone.",),
    "telekom": ("telekom.", "t-online.", "t-mobile."),
    "proximus": ("proximus.",),
    "swisscom": ("swisscom.",),
    "ionos": ("ionos.", "1und1."),
    "1 1": ("ionos.", "1und1.", "1and1."),
    "godaddy": ("godaddy.", "secureserver."),
    "ovh": ("ovh.", "ovhcloud."),
    "strato": ("strato.",),
    "namecheap": ("namecheap.",),
    "booking com": ("booking.",),
    "airbnb": ("airbnb.",),
    "uber": ("uber.",),
    "irs": ("irs.",),
    "hmrc": ("gov.", "hmrc."),
    "social security": ("ssa.",),
    "medicare": ("medicare.", "cms."),
    "zoom": ("zoom.",),
    "slack": ("slack.",),
    "github": ("github.", "githubusercontent."),
    "steam": ("steampowered.", "steamcommunity."),
    "roblox": ("roblox.",),
    "amazon co jp": ("amazon.",),
    "rakuten": ("rakuten.",),
    "楽天": ("rakuten.",),
    "アマゾン": ("amazon.",),
    "三井住友": ("smbc.", "smbc-card.", "vpass."),
    "三菱ufj": ("mufg.", "bk."),
    "えきねっと": ("eki-net.", "jreast."),
    "ヤマト運輸": ("kuronekoyamato.",),
    "佐川急便": ("sagawa-exp.",),
    "支付宝": ("alipay.", "alibaba."),
    "微信": ("qq.", "wechat.", "tencent."),
    "сбербанк": ("sberbank.", "sber."),
    "госуслуги": ("gosuslugi.",),
    "сбер": ("sberbank.", "sber."),
    "cpanel": ("cpanel.",),
    "zimbra": ("zimbra.", "synacor."),
}
# Brands whose name is also an everyday word: only a display name that is nothing else counts.
AMBIGUOUS = frozenset(
    "apple target ing ups chase visa orange steam zoom ledger outlook slack hermes uber amex irs caixa telekom ionos nexi impots at t cvs dpd evri disney blockchain google facebook twitter telegram github linkedin microsoft amazon whatsapp".split()
) | {"at t", "1 1", "social security"}

# Words in a host name that play an account page.
ACCOUNT_WORDS = frozenset(
    "login signin secure security verify verification account accounts update support service billing confirm auth webmail wallet "
    "password recovery unlock alert customer banking online-banking helpdesk validation authenticate mailbox".split()
)
