"""What is offered unasked: goods, services, pills, games, company; and the words that push or excuse it."""

PHARMACY = """
v ?i ?a ?g ?r ?a
viagra[a-z]*
(generic )?(cialis|levitra|kamagra|sildenafil|tadalafil|xanax|valium|vicodin|ambien|phentermine|tramadol|oxycontin|oxycodone|hydrocodone|percocet|adderall|soma|propecia|lipitor|zoloft|prozac|ativan|hgh|ozempic|semaglutide|ivermectin|modafinil)
(online|canadian|internet|cheap|trusted|licensed) (pharmacy|pharmacies|drugstore|pharmaceuticals?|meds|medications?|doctor|drugs)
(no|without)( a| doctor s| prior)? prescriptions?( needed| required)?
(prescription|generic|cheap|discount|quality|brand ?name|namebrand|best) (drugs|medications?|meds|pills|medicines?|medication|drug)
(erectile|sexual) (dysfunction|performance|health|desire|stamina|function)
(penis|penile|male|breast|size|manhood) (enlargement|enhancement|growth|extender|size|pills?)
(bigger|larger|longer|harder|huge|your|hard)( and [a-z]+)? (penis|dick|erection|erections|manhood|cock|tool|member)
(last|lasting) longer( in bed)?
(lose|losing|drop|shed|burn|melt)( up to| over| away| your)*( [0-9]+)? ?(weight|pounds|lbs|fat|belly fat|kilos|kg|inches)
(weight|fat) (loss|burner|burning|burn)
(burn|melt) (fat|belly)
(diet|slimming|keto|acai|cbd|hemp|garcinia) (pills?|patch|plan|gummies|oil|supplement|berry|cambogia|product)?
(anti ?aging|human growth hormone|wrinkles?|look younger|years younger|hair loss|regrow|toenail fungus|tinnitus|neuropathy|blood sugar|diabetes|prostate|joint pain|memory loss|vision|nerve pain|gum disease)( [a-z]+)?
(doctors?|scientists?|experts?|big pharma|harvard|nasa) (hate|stunned|shocked|discovered|discover|reveals?|don t want|warns?|warn|baffled|speechless|reveal)
(weird|odd|bizarre|ancient|japanese|secret|5 second|30 second|10 second|morning|bedtime) (trick|ritual|tip|secret|method|hack|loophole|tonic|exercise|fruit|recipe|root|spice)
(100|all) (percent )?natural
(herbal|natural) (remedy|supplement|viagra|formula|alternative|male|product)
(pills|tabs|capsules|medication|meds) (for|online|per|from|only|at)
fda approved
(farmacia|medicamentos|adelgazar|bajar de peso|perder peso|emagrec[a-z]*|impotencia|ereccion|abnehmen|potenz[a-z]*|maigrir|perdre du poids|dimagrire|похуд[а-я]*|виагр[а-я]*|потенци[а-я]*)
(减肥|壮阳|伟哥|保健品|ダイエット|精力)
"""

ADULT = """
(porn|porno|pornstar[s]?|nude[s]?|horny|slut[s]?|whore[s]?|milf[s]?|teen sex|hardcore|blowjob|orgasm|cumshot|fuck|fucking|pussy|tits|boobs|escort[s]?|webcam girls?|live cams?|camgirl[s]?|hentai|erotic|sexy)
(sexy|hot|horny|lonely|single|beautiful|russian|asian|ukrainian|local|naughty|mature|cheating|married|gorgeous|young) (girls?|women|woman|ladies|lady|singles|wives|babes?|housewives|brides?|chicks?|moms?|russians?)
(hook ?up|sex ?date|one night stand|casual sex|fuck ?buddy|adult dating|friends with benefits|no strings|sex tonight|meet for sex|get laid)
(dating|matchmaking) (site|service|profile|app|website|agency)
(lonely|looking for|seeking|searching for|want to (meet|find)) (a |an )?(man|woman|serious|love|partner|husband|guy|relationship|soul ?mate|friend|good man|someone|honest man|life partner)
(i am|i m|im)( a)? (lonely|single|divorced|simple|nice|pretty|young|beautiful|russian|good looking|tender|cute)( [a-z]+)? (girl|woman|lady|mother|and)
(over|must be|at least) (18|21)( years)?
(adults? only|explicit (content|material|images?)|uncensored)
(sexo|porno|putas|desnudas?|mulheres|chicas|solteras|novinhas|nackt|geile|frauen kennenlernen|rencontres?|femmes seules|celibataires|ragazze|секс|порно|девушк[а-я]+|знакомств[а-я]*|интим)
(色情|成人视频|裸聊|约炮|情色|美女|出会い|セフレ|人妻|エロ|無修正|成人|av在线)
"""

GAMBLING = """
(online |live |mobile |bitcoin |best |real )?(casino|casinos|poker|roulette|blackjack|slots|slot machine|baccarat|sportsbook|bookmaker)
(free|bonus|extra|no deposit) (spins|chips|bets?|play|bonus|rounds|credits)
(welcome|deposit|sign ?up|no deposit|casino|first deposit|match) bonus
(sports )?(betting|gambling|wager|wagering|gaming)( site| tips| odds| online| platform)?
(win|play) (big|real|cash|and win|for real|now|money|online)( money| cash)?
(casino|apuestas|apostas|tragamonedas|giros gratis|freispiele|spielautomaten|wetten|jeux d argent|tours gratuits|scommesse|казино|ставк[аи]|букмекер[а-я]*|фриспин[а-я]*|judi|togel|taruhan|bahis)
(博彩|娱乐城|百家乐|彩票|六合彩|真人娱乐|电子游艺|棋牌|赌|首存|返水|カジノ|パチンコ|スロット|競馬|馬券|카지노|토토|바카라)
"""

GOODS = """
(replica|replicas|rep1ica|fake|luxury|swiss|designer|brand ?name) (watch|watches|handbags?|bags|rolex|shoes|purses|jewelry|sunglasses|goods)
(rolex|omega|cartier|breitling|tag heuer|patek philippe|louis vuitton|gucci|prada|chanel|hermes|ray ban|oakley|ugg|moncler|tiffany|nike|adidas|michael kors|burberry)( [a-z]+)? ?(watch|watches|replica|outlet|sale|bags?|shoes|sunglasses|discount)?
(oem|cheap|discount|discounted|original|licensed|pirated) (software|softwares|licenses?|soft|windows|adobe|office)
(up to |save |get |extra |flat |now |at )?[0-9]{2} (percent )?(off|discount|discounts|rabatt|de descuento|de desconto|reduction|sconto|korting)
(huge|massive|big|great|special|exclusive|amazing|incredible|unbeatable|best|limited|lowest|biggest|deep) (discounts?|savings?|sale|sales|deals?|offers?|prices?|bargains?|promotion|value)
(lowest|best|wholesale|factory|competitive|retail|unbeatable|reasonable|low) prices?
(free|fast|worldwide|express|global|discreet) (shipping|delivery|samples?|trial|bonus|quote|quotes|estimate|consultation|membership|access|download|report|dvd|phone|laptop|iphone|ipad|tv)
(order|buy|shop|call|act|subscribe|register|enroll|apply|sign up|join|book|get yours|claim yours|grab yours) (now|today|online|immediately|here|before|yours)
(limited|special|exclusive|one ?time|introductory|time limited|clearance|flash|final) (time|offer|sale|quantity|stock|supply|supplies|edition|deal)
(while|until) (supplies|stocks?) last
(offer|sale|deal|discount|promotion|coupon) (ends?|expires?|valid|good|is valid|ending)
(last|final) (chance|call|day|hours|days|reminder|opportunity)
(don t|do not|dont) (miss|wait|delay|hesitate|let this)( out| this| it| to| the| your)*
(satisfaction guaranteed|money back|risk ?free|no obligation|no purchase|no hidden|no cost|at no cost|absolutely free|100 free|completely free|totally free)
(as seen on|as featured)
(compare|our) (price|prices|low)
(university|college|bachelor|masters?|mba|phd|doctorate|genuine) (degree|degrees|diploma|diplomas)
(diploma|diplomas|degrees?) (from|based|in|program|without|now)
(toner|ink) cartridges?
(cable|satellite) (tv|descrambler|box|dish|converter)
(extended|car|auto|vehicle|home) (warranty|warranties|insurance|shield|protection plan)
(life|health|term|auto|car|medicare|dental|burial|funeral|final expense) (insurance|coverage|quotes?|plans?|policy)
(solar|gutter|roof|window|bath|walk in|hearing aid|stair ?lift|reverse mortgage|timeshare|medical alert|generator|led|flashlight|drone|air cooler|heater|vacuum|camera)[a-z]* (panels?|guards?|replacement|quotes?|remodel|tubs?|aids?|exit|deals?|savings|solutions?|lights?|incentives?|program)
(toll free|1 800|1 888|1 877|call 1)
(descuento|oferta|ofertas|promocion|promociones|envio gratis|compre|aproveche|gratis|mejor precio|ultima oportunidad)
(desconto|promocao|promocoes|frete gratis|compre|aproveite|imperdivel|gratuito|melhor preco|ultimas vagas|oferta|ofertas)
(promotion|promo|soldes|remise|gratuit|gratuitement|livraison gratuite|offre (speciale|exclusive|limitee)|profitez|commandez|meilleur prix)
(sconto|offerta|offerte|gratis|gratuito|spedizione gratuita|acquista (ora|subito)|promozione|approfitta)
(скидк[аиу]|акци[яи]|бесплатно|распродаж[аи]|купить|заказать|выгодн[а-я]+|дешев[а-я]+|доставка|предложени[ея])
(优惠|促销|特价|打折|免费|限时|包邮|厂家直销|低价|批发|抢购|代购|免費|特惠)
(特価|激安|送料無料|限定|割引|無料|お得|今だけ|キャンペーン|セール|ポイント)
(할인|무료|특가|이벤트|광고)
"""

TRADE = """
(we are|as|we re)( a| an| one of( the)?)?( leading| professional| largest| biggest| chinese| direct| reliable| experienced| top| big| specialized)* (manufacturer|factory|supplier|exporter|company|producer|manufacturers|suppliers|trader|trading company)
(manufacturer|factory|supplier|exporter|manufacturers|suppliers|producer)( and (exporter|supplier|factory))? (of|in|from|for|specialized|located|specializing|based)
(specialized|specializing|specialised|specialize|engaged|professional) in (manufacturing|producing|the production|production|export|exporting|supplying|making|the field|designing|all kinds)
(our|main|hot|new|following) (main )?(products?|factory|catalog(ue)?|company|items|range|moq) (include|includes|are|is|have|has|with|list|in|for|mainly|was)
(moq|oem odm|oem and odm|fob|cif|ex ?works|lead time|delivery time|sample order|iso ?9001|ce certif[a-z]+|rohs)
(high|good|best|superior|top|excellent|premium) quality( and| with| at)?( [a-z]+)? ?(price|prices|products|service)?
(competitive|reasonable|favorable|factory|good|best|attractive|wholesale) (price|prices|pricing)
(made|manufactured|based|located|factory|supplier|manufacturer) in (china|shenzhen|guangzhou|shanghai|ningbo|dongguan|zhejiang|hangzhou|india|taiwan|guangdong|jiangsu|qingdao)
(from|in) (china|shenzhen|guangzhou|shanghai|ningbo|dongguan|hangzhou|guangdong|xiamen)
(export|exported|exporting) to( many)?( europe| usa| countries| the| over| more| america| worldwide)
years( of)? (experience|manufacturing|export|production|professional)
(looking forward to|look forward to|hope to|wish to|would like to) (establish|cooperat|build|start|do|set up|have|your|work|hear)[a-z]*( a| long)?( long term| business| good| cooperation| relationship| with| your| inquiry| reply)*
(long term|business|win win|mutual|good|future|further) (cooperation|relationship|partnership|business relationship|business)
(send|give|provide) you( our| the| more| a| some)?( free)? (catalog(ue)?s?|samples?|quotation|price list|details|information|quote|best price)
(if you( are| re| have)?|are you|any) (interested|interest|any interest|any need|any inquiry|any questions|need|demand) (in|of|please|for|on|feel|about|let|contact)
(feel free|please|don t hesitate|do not hesitate|kindly) (to )?(contact|inform|let|reply|email|ask)( us| me| back| with| know| our)*
(sales|export|marketing|business|trade) (manager|department|team|representative|director|executive)
(led|lighting|pcb|pcba|mould|molds?|injection|cnc|machining|plastic|packaging|textile|furniture|valve|bearing|steel|aluminum|garment|sensor|cable|battery|packing|machine)[a-z]* (manufacturer|factory|supplier|products?|company|co ltd|parts|machines?|equipment)
(whatsapp|wechat|skype|viber|telegram|weixin|mobile whatsapp)( id| no| number| me| at| us| on)?
(shipping|freight|sea|air|ocean) (cost|agent|forwarder|rates?|freight|service|company|fba)
co ltd
(代开|开票|发票|增值税|税票|普票|专票|专用发票|开具|代理|点数优惠|抵扣)
(培训|课程|讲师|学员|费用|报名|公开课|企业管理|总监|研修班|课纲|训练营|主办|参会|时间地点|采购|供应商|谈判|绩效|薪酬|班组长|车间|仓库管理|研发项目)
(厂家|公司主营|我司|贵公司|贵司|专业生产|欢迎来电|联系电话|业务|外贸|群发|邮件营销|客户资料|展会|参展|海关数据|微信|加微|扣扣|qq群|热线)
(株式会社|弊社|ご案内|資料請求|お問い合わせ|セミナー|無料相談|営業|御社|ご提案)
"""

PROMOTION = """
(attendees?|customer|leads?|users?|executives?|prospect|business|b2b|visitors?|registrants|e ?mail address) (list|lists|database)( (of|for|with|available|includes|on))
(call for papers|manuscript submission|submit (your )?(manuscript|paper|abstract|article)s?|editorial board member|impact factor|open access journal|international (journal|conference) (of|on)|keynote speaker)
(seo|search engine optimi[sz]ation|link building|backlinks?|back links?|guest post(s|ing)?|google (ranking|rankings|first page|page 1|page one|maps|ads|rank)|page rank|domain authority|da dr|do ?follow|sponsored post|link insertion|organic traffic|keyword ranking)
(first|1st|top) page( of| on| in)? (google|search)
(rank|ranking|rankings|traffic|visibility|leads|visitors|sales|conversion) (on|to|for|of|your|in|higher|online) (google|your|web ?site|site|business|search|website)
(increase|improve|boost|grow|more|generate|drive|get) (your |more |the |web ?site |online |targeted |quality )*(traffic|rankings?|visibility|sales|leads|visitors|business|revenue|followers|presence|website|customers)
(re ?design|develop|build|designing|revamp) (your|a|new|of your)( [a-z]+)? (web ?site|site|app|website|logo|store)
(your|the) (web ?site|website|site) (is|was|and|has|i|doesn t|needs|looks|could|not|to|for|on)
(came across|visited|visiting|reviewed|looking at|found|checked|going through|was on|audit|noticed|went through|browsing)( of)? your (web ?site|site|company|blog|business|website|store)
(digital|online|internet|e ?mail|social media|content|bulk e ?mail|direct|affiliate|web|influencer) marketing( services| company| agency| expert| campaign| solutions| list)?
(million|millions of|opt ?in|targeted|fresh|verified|decision maker|bulk) (e ?mails?|e ?mail addresses|addresses|leads|contacts|mailings?|email lists?|prospects|visitors|hits)
(attendees?|attendee|delegates?|exhibitors?|visitors) (list|lists|contact|contacts|email|data|information)
(counts?|count|cost|pricing|price|industry)( [a-z]+){0,3} (for your review|attendees|available|and pricing|and cost|details)
(outsourc|offshor)[a-z]*
(virtual|remote|dedicated) (assistants?|developers?|employees|staff|team|agents)
(india|indian|vietnam|bangladesh|pakistan|ukraine|philippines) based (company|firm|team|it|web|software)
(quick|short|brief|15 minute|10 minute|20 minute|introductory|discovery|free|few minutes) (call|chat|meeting|demo|consultation|proposal|audit|question|for a)( this| next| with| tomorrow| to| sometime)?
(interested in|would you (be|like)|are you (interested|open|looking)|can i (send|share)|may i (send|know|share)|shall i send|should i send|let me know if)( to)?( a| the| you)?( [a-z]+)?
(real estate|property|apartments?|plots|villas?|condos?) (for sale|investment|listing|agent|in|developer)?
(job|jobs|vacancy|vacancies|employment|hiring|position|positions|career|recruitment|work|part time|full time) (offer|opportunity|opportunities|available|alert|description|vacancy|now|openings?|at home|online|from|agent|representative)
(payment|collection|receiving|company|local) (agent|representative|processor|officer)
(secret|mystery) shoppers?
(we are )?(hiring|recruiting)
(posicionamiento|diseno|paginas?|marketing|base de datos|curso|cursos|capacitacion|taller|seminario|diplomado) (web|digital|en linea|online|google|seo|de|para|de correos|virtual|presencial|gratuito|empresas)?
(divulgacao|mala direta|lista de e ?mails?|marketing digital|criacao de sites?|curso|palestra|treinamento|orcamento|e ?mail marketing)
(webseite|webdesign|suchmaschinenoptimierung|werbung|neukunden|kundengewinnung|adressen|firmendaten)
(referencement|site internet|creation de site|formation|formations|fichier|prospection|devis gratuit)
(продвижени[ея]|рассылк[аи]|реклам[аы]|семинар[а-я]*|сайт[а-я]*|база (данных|адресов|клиентов)|тренинг[а-я]*|обучени[ея]|клиент[а-я]*|поисков[а-я]+|раскрутк[аи]|заявк[аи]|подбор)
(推广|优化|网站建设|营销|排名|引流|招商|加盟|兼职|招聘|日结|刷单|论文|期刊|发表)
"""

EXCUSES = """
you (are receiving|received|have received) this (e ?mail|message|mailing|offer|advertisement|newsletter)? ?(because|as) you (have )?(opted|requested|agreed|expressed|visited|participated|are a member|are on our)
you (have |ve )?(opted in|agreed to receive)
(to be|be|to get|get|would like to be|wish to be|please be|want to be|if you wish to be) (removed|unsubscribed|taken off|remove|deleted)( from)?( our| this| the| future| any)?( mailing| further| mailings| list| database| lists)?
(remove|unsubscribe|take|delete) (me|you|your|your name|yourself|your email|your e mail|my email)( from| here| off| address)*( our| this| the| any| future)*( list| mailing| mailings| database| lists| further)?
(this|our)( message| e ?mail| mail| letter)? is (not|never) (spam|unsolicited|an unsolicited)
(not|isn t|never) spam
(in compliance|complies|compliance|accordance|comply) with( the)?( can ?spam| federal| proposed| us| all| new| current| state| s ?1618| senate| house)+
(s ?1618|section 301|title iii|bill s|can spam act)
(reply|respond|email|e ?mail|type|write|put|send)( an)?( email| blank| e mail| back| us)?( with| to)?( the)?( word| subject)* (remove|unsubscribe|stop|no|off|opt out|removal)( in| on| as)?( the)?( subject| line)*
(one ?time|1 time) (mailing|message|e ?mail|offer|only|letter)
(opt ?out|opt ?in|removal|unsubscrib[a-z]+) (here|link|list|instructions|request|option|page|below|at|by|please|click|of)
(sorry|apologi[sz]e)( [a-z]+)? (for )?(this|the|any|if|our)( [a-z]+)? (intrusion|inconvenience|unsolicited|e ?mail|disturb|message|bother|received)
(can ?t|cannot|can not|unable to|trouble|having trouble|problems?)( see| view| viewing| read| reading| seeing| displaying)+( this| the| images| our| pictures)*( image| images| e ?mail| message| ad| newsletter)*
(view|see|open|read) (this |it |the )?(e ?mail|message|newsletter|page|version|ad)? ?(in|on|as|with)( a| your| the)? (browser|web ?page|web ?site|browsers|web version|online version|web)
(click|follow|visit|go to|press|tap|open|hit)( on)?( the| this| our| that| my)?( link| button| url| image| web ?site| site| page)? ?(below|here|above|now|link|to|button|for)
(click|clicking) (here|below|on)
(haga|haz|hacer|dar|da) clic( aqui| en)?
clique (aqui|no|agora|em|para)
(cliquez|cliquer|clique) (ici|sur|en)
(klicken|klick|klicke) (sie |bitte )?(hier|auf|unten|hierauf)
(clicca|cliccare|cliccando|fare clic) (qui|su|sul|sulla|subito)?
(klik|klikt u|klikn?ij) (hier|op|tutaj|w)
(нажмите|перейдите|кликните) (здесь|сюда|на|по|ссылк[а-я]*|ниже)?
(点击|请点击|單擊|點擊|点这里)( ?(这里|此处|链接|下方|以下|查看))?
(退订|退訂|取消订阅|不想再收到|配信停止|配信解除|수신거부)
"""

URGENCY = """
(urgent|urgently|attn|hurry|expires today|act fast|time sensitive|do it now|final notice|last warning|last notice|immediate attention|most urgent|very urgent)
(only|just)( [0-9]+)? (hours|days|minutes|left|remaining|today)( left| remaining)?
(respond|reply|answer|act|click|confirm|call|contact)( to)?( this| me| us)?( e ?mail| message| mail| back)? (immediately|urgently|asap|now|quickly|today|at once|soonest)
(your|an) (immediate|urgent|prompt|swift|quick) (attention|action|response|reply)
(are you|you) (available|free|there|at your desk|in the office|busy|around)( right)?( now| at the moment| today)?
(discreet|discreetly|keep this between|between us|confidential|confidentially|surprise)
(in a|on a|i m in|i am in|am in) (meeting|conference|call)( right now| and| at the moment| now)?
(send|text|drop|give|forward)( me)? (your|me your) (cell|mobile|phone|whatsapp|personal)( phone| number| cell| no)*
(gift|itunes|google play|steam|amazon|apple|ebay|vanilla) (card|cards)
(urgente|urgentemente|inmediatamente|importante|de inmediato|a la brevedad|imediatamente|imediato|atencao|atencion|ultimo aviso|dringend|sofort|umgehend|unverzuglich|wichtig|letzte (mahnung|warnung|erinnerung)|dernier (rappel|avis)|immediatement|immediat|urgence|subito|attenzione|ultimo avviso|immediatamente|urgentie|onmiddellijk|pilne|natychmiast|срочно|немедленно|внимание|важно|acil|hemen|紧急|急|立即|马上|尽快|至急|緊急|今すぐ|重要|긴급|즉시)
"""
