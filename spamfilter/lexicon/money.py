"""Fortunes that wait for the reader: inheritance, dormant accounts, lotteries, donations, compensation, loans."""

ADVANCE_FEE = """
next of kin
(late|deceased) (client|customer|husband|father|depositor)
(my|the) late (husband|father|client|customer)
dormant account
abandoned (fund|funds|sum|property|consignment)
unclaimed (fund|funds|inheritance|estate|money|deposit)
inheritance (fund|funds|claim|payment)
your inheritance
(the|your) (outstanding|overdue|over due|approved|contract|unpaid) (payment|fund|funds)
release of (your|the) (fund|funds|payment|money|consignment)
transfer of (this|the|your) (fund|funds|money|sum)
(fund|funds|money) transfer(red)? (into|to) your (bank )?account
into your (bank )?account
foreign (partner|beneficiary|account)
(business|investment|mutual) (proposal|proposition)
mutual(ly)? (benefit|beneficial|benefits)
(strict|strictest|utmost) confiden[a-z]*
(highly|strictly) confidential
modalities
(million|millions) (of )?(us|united states|american|u s|british|euro|gb) ?(dollars?|pounds?|euros?)?
(million|billion) (dollars|usd|euros?|pounds)
[0-9]+ ?(million|millon|billion)
the sum of( us)?( usd)? ?[a-z0-9]+
compensation (fund|funds|payment|sum)
(be )?compensated with
scam victims?
(united nations?|un) (compensation|organi[sz]ation|office)
international monetary fund
world bank
central bank of
federal ministry of
foreign (payment|remittance|operation) (department|unit|office)?
atm (visa )?(master ?)?card
(certified|bank) (cheque|draft|check)
western union
money ?gram
consignment box(es)?
trunk box(es)?
diplomatic (agent|courier|immunity|delivery|bag)
(security|finance) (company|firm|vault) (in|for)
barrister
attorney at law
bank manager
(account|auditing|audit|accounting) (officer|manager|department|director) (of|in|at|with)
chief (auditor|accountant)
(terminally|critically|seriously) ill
(suffering|diagnosed) (from|with|of) [a-z ]{0,20}cancer
cancer (of the|of|patient|disease)
(esophageal|oesophageal|breast|lung|ovarian|pancreatic) cancer
few (months|weeks|days) to live
(charity|charities|orphanages?|less privileged|motherless babies)
(widow|widows|orphans)
donat(e|ed|ion|ing) (to|for|of|the|fund|funds|you)
i (want|wish|decided|have decided) to (donate|will|entrust|invest|handover|hand over)
(your|a) (donation|grant) (code|of|fund|funds)
god (bless|fearing|be with you)
(yours|your|greetings|sister|brother) in (christ|the lord)
beloved (in|one|friend|sister|brother)?
my (dear|dearest|good|beloved) (friend|one|beloved|brother|sister)
dear(est)? (friend|beneficiary|beloved|winner|sir madam|one)
attention beneficiary
(the|a|as) beneficiary
dear (fund|lucky) (beneficiary|winner|owner)
(i am|my name is|im) (mr|mrs|miss|ms|dr|barr|barrister|engr|prince|princess|sgt|general|captain|capt|colonel|madam|sister) [a-z]+
(i am|my name is) [a-z ]{2,30} (from|a citizen of|citizen of|national of) (ghana|nigeria|burkina faso|ivory coast|cote d ivoire|benin|togo|senegal|syria|libya|iraq|ukraine|south africa|liberia|sierra leone|hong kong|malaysia|kuwait|dubai)
(burkina faso|ouagadougou|abidjan|cotonou|lome togo|accra|lagos nigeria|benin republic|republic of benin|cote d ivoire|ivory coast|dakar|lome)
(you )?(your|the) (full|complete) names?
(your )?(direct|private|personal|cell|mobile)( and cell| cell| mobile)? (phone|telephone|mobile) numbers?
(house|home|residential|contact|physical|delivery) address
your (age|occupation|profession|marital status|nationality)
(copy|scan) of (your )?(international )?(passport|identification|id card|driver s license|identity)
(reply|respond|contact|write|get back)( to)? (me|us)?( back)? (through|via|on|at|with|in) (my|this|our|the)( [a-z]+)? e ?mail
(my|our|the) private e ?mail
private e ?mail address
(get|revert|come|write) back to (me|us)
(urgent|swift|immediate|prompt|kind|positive) (response|reply|respond|assistance|attention)
(await|awaiting|waiting for|looking forward to|anticipating) your (urgent|swift|immediate|prompt|kind|positive|quick|earliest)? ?(response|reply|answer)
i (got|found|obtained|came across|saw) your (contact|e ?mail|email address|address|name|profile)
(your|with) (honest|sincere|kind) (cooperation|assistance|partner)
(honest|reliable|trustworthy|sincere|trusted|capable) (person|partner|individual|foreigner)
(seek|solicit|need|crave|require)(ing)? (for )?your (assistance|partnership|cooperation|consent|indulgence|help|permission)
(this|my) (mail|letter|message|email|proposal) (may|might|will|would|must) (come|be|sound|seem) (to you )?(as )?(a )?(surprise|strange)
surprise[d]? to (receive|get|read|you)
pardon (me|my)
(permit|allow) me to (introduce|inform|share|use)
percent (of|for) (the|you|me|your|this)
(ratio of|sharing|share) [0-9]+ ?(percent)? ?(to|for|by|and)? ?[0-9]*
[0-9]{2} (of the total|for you|will be for|for me|of this)
risk free
(100|hundred) (percent )?(risk free|legal|legitimate|safe)
legal (and|or) (risk free|documentation|documents backup)
(plane|air|car|auto|ghastly|motor) (crash|accident)
(died|dead) (in|of|with|without|after|intestate)
(gold|diamond|oil|crude) (dust|bars?|merchant|dealer|consignment|deposit)
(invest|investment|business) in your country
(company|companies|project|projects|sectors?) in your country
in your country
lucrative (business|investment|offer|deal|sector)
over invoiced
contract (payment|sum|fund)
trust(ed)? (fund|with this)
(investors?|funding|financ[a-z]+) (for|of|to) (your )?(business|project|projects|company|startup)
(private|my) (client|clients|investor|investors)
(investment|wealth|portfolio|fund) (manager|management)
project (funding|financing|finance)
(donat|gift|grant)[a-z]* (of|the sum|sum)
(mackenzie|mckenzie|warren|manuel franco|maria franco|bernard arnault|elon musk|bill gates|azim premji) ?(scott|buffett|foundation)?
(un|u n|undp|who|imf|fbi|interpol|efcc) (office|officer|agent|grant|approved|department)
irrevocable
bank to bank
swift (code|copy)
(kyc|proof of funds|sblc|bank guarantee|bg sblc|mt ?[0-9]{3}|lease sblc)
beneficiario
heredero
herencia
millones de (dolares|euros)
milhoes de (dolares|euros|reais)
millions? (d euros|de dollars|d usd|d us)
millionen (euro|dollar|usd)
milioni di (euro|dollari)
milionow (euro|dolarow)
миллион[а-я]* (долларов|евро)
наследств[а-я]*
(don|donation) (de|d un|volontaire)
heritage
ayant droit
(spende|spenden|erbschaft|erbe|nachlass)
(je suis|je m appelle) (mme|mr|madame|monsieur)
darowizn[a-z]*
百万(美元|欧元|英镑)
继承人
遗产
慈善
"""

LOTTERY = """
you (have|ve) (been )?(won|selected|chosen)
(has|have) won
(lucky|cash|email|grand|jackpot|final|prize) (winner|winners|winning|draw|draws)
(e ?mail|online|international|national|uk|euro|microsoft|google|yahoo|coca cola|fifa|facebook) (lottery|lotto|sweepstakes?|promo|promotion|ballot)
lottery
lotto
sweepstakes?
powerball
mega millions
jackpot
claim your (prize|reward|gift|winning|winnings|fund|funds|bonus|package|free)
(your|the) (prize|winning|winnings)
(claims?|fiduciary) (agent|officer|department)
congratulations
congrats
felicidades
felicitaciones
felicitations
gluckwunsch
herzlichen gluckwunsch
parabens
congratulazioni
gratulacje
поздравляем
恭喜(您|你)?
中奖
奖品
おめでとう(ございます)?
当選
premio
premios
ganador
ganhador
gewinner
gewinnspiel
gewonnen
gagnant
gagne
gagnez
loteria
selected (as|to receive|for|winner)
(free|exclusive) (gift|gifts|prize|reward|sample|entry)
gift ?cards?
voucher
(complete|take|answer|participate in)( the| our| this| a)?( short| quick| brief)? survey
survey (reward|participants?|and win|for your)
(shot|chance) (at|to) (winning|win|receive|get)
carte cadeau
tarjeta (de )?regalo
cartao presente
geschenkkarte
礼品卡
ギフト(カード|券)
"""

LOANS = """
(personal|business|unsecured|quick|payday|home|instant|urgent|genuine|cash|student|mortgage|short term|long term|bridge|debt consolidation) loans?
loan (offer|offers|amount|application|approved|approval|company|lender|at|of|request|from|officer)
(apply|need|looking|searching|seek|request|looking out)( you)?( for)?( a| an| any)?( urgent| quick| legitimate| business| personal)? (loan|loans|financing|funding|credit)
(low|fixed|lowest|affordable|reduced|annual) (interest )?(rate|rates)
interest rate( of)?( [0-9]+)?
[0-9] (percent )?interest( rate)?
(bad|poor|no) credit( check| history| score)?
(credit|debt) (score|report|card debt|consolidation|relief|repair|rating|problems)
(refinanc|refinanc)[a-z]*
mortgage (rates?|payments?|loan|quote|application|lenders?)
(pre ?approved|pre ?qualified|guaranteed approval|instant approval|approval guaranteed)
(working|business) capital
line of credit
(merchant )?cash advance
term loan
(get out|out) of debt
eliminate (your )?debt
save (thousands|up to)
lower your (monthly )?(payment|payments|bills?|rate)
prestamos?
emprestimos?
kredit(e|angebot|s)?
darlehen
pret(s)? (entre particuliers?|personnel|immobilier|rapide)?
offre de pret
prestito
pozyczk[a-z]*
кредит[а-я]*
贷款
融資
ローン
"""

INVESTMENT = """
(bitcoin|crypto|cryptocurrency|ethereum|btc|usdt|forex|blockchain|nft|defi)( [a-z]+)? (investment|trading|profit|profits|wallet|platform|opportunity|giveaway|airdrop|income|deposit|bonus|recovery|rewards?)
(invest|trade|trading) (in )?(bitcoin|crypto|forex|stocks|cryptocurrency|binary)
(earn|make|making|earning)( up to| over| an extra| at least| you)? ?[0-9 ]*(k|usd|dollars|euros?|percent|per|a|week|daily|weekly|monthly|money|cash|income)?( money)? (per|a|every|each|daily|weekly|from) (day|week|month|hour|home)?
(passive|extra|residual|unlimited|monthly|guaranteed|additional) income
(financial|time) freedom
(high|guaranteed|huge|maximum|daily|great) (return|returns|profits?|roi)
return on investment
(double|triple|multiply) your (money|income|investment|bitcoin|capital|deposit)
get rich
(hot|penny|undervalued|small cap) stocks?
stock (alert|pick|picks|promotion|symbol|tip)
(strong buy|target price|current price|price target|investor alert|ticker)
otc ?bb
pink sheets
(work|working|job|jobs|business|money) (from|at) home
home ?based (business|job)
(be|being) your own boss
(multi ?level|network) marketing
mlm
(opportunity|secret) of a lifetime
once in a lifetime
(no experience|no selling|no obligation|no risk)( is)?( needed| required| necessary)?
(money|100) (back )?guarantee(d)?
(start|join)( earning)? (today|now|free)
(cash|money) machine
(inversion|inversiones|invertir|ganancias|ingresos extras?)
(investimento|ganhar dinheiro|renda extra|lucro)
(geld verdienen|passives einkommen|investieren)
(gagner de l argent|investissement|rentabilite)
(заработ[а-я]*|инвестиц[а-я]*|доход[а-я]*|криптовалют[а-я]*|биткоин[а-я]*)
(投资|理财|炒股|股票|牛股|涨停|投資|副業|収入|稼[ぐげ])
"""

EXTORTION = """
i (have )?(hacked|infected|cracked|compromised|gained access to|got access to|have access to|have full access to) your (device|devices|computer|account|system|operating system|pc|phone|e ?mail|web ?cam|camera)
(installed|planted|uploaded|infected you with) (a |my )?(trojan|rat|spyware|malware|keylogger|virus)
(hacked|infected) your (device|devices|computer|account|system|operating system|pc|phone|email)
(full|complete|unlimited) (access|control) (to|of|over) (your|all)
your (web ?cam|camera|front camera)
(through|via|from|using) (your )?(web ?cam|camera)
(recorded|recording|video|videos|footage|filmed)( of| showing)? (you|your|yourself)
(masturbat|pleasur|jerk)[a-z]*
(porn|porno|adult|xxx|pornographic) (site|sites|website|websites|video|videos|content|page)
(your|all)( of)? (your )?(contacts|friends|colleagues|relatives|family|contact list)
send (it|this|the video|the recording|them|everything|your video|this video) to (all|your|everyone)
(bitcoin|btc|crypto|litecoin|ltc|monero) (address|wallet)
(my|this|the|following) (bitcoin|btc|ltc|crypto) ?(wallet|address)?
(pay|send|transfer)( me)?( exactly)? ?(usd)? ?[0-9 ]+ ?(usd|dollars|euros?|eur)? ?(in|of|to|worth|worth of)? ?(bitcoin|bitcoins|btc|ltc)
[0-9]+ (hours|days) (to|from|after|for)( make)?( the| send| pay)?( payment| transfer| money)?
(i|we) (will|ll|shall) (delete|destroy|erase|publish|release|share|send|forward|spread|leak|post)
(your )?(dirty|little|nasty|perverted|intimate) (secret|secrets|video|videos|pleasures?)
your password (is|was)
(do not|don t|dont) (try|contact|call|reply|worry|tell|waste|be silly|attempt)( to)?( the)? ?(police|anyone|contact|find|me|reply|respond|anybody)?
(timer|countdown|clock) (starts?|will start|has started|is ticking)
(explosive|bomb|blow up)
ransom
grabe un video
grabado (un )?video
(acceso|accedido) (completo )?a (su|tus|tu|sus) (dispositivo|dispositivos|camara|cuenta)
(zugriff|zugang) auf (ihr|ihre|dein|deine) (gerat|gerate|kamera|webcam|computer|konto)
(j ai|nous avons) (pirate|infecte|eu acces)
(tive|tenho|obtive) acesso (completo )?a(os|o)? seus? (dispositivos?|camera|conta)
(взлом[а-я]*|ваш[а-я]* (устройств[а-я]*|аккаунт[а-я]*|камер[а-я]*))
比特币(钱包|地址)
(入侵|黑客|录制|ハッキング|ウェブカメラ|ビットコイン)
"""
