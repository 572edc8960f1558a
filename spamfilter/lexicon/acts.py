"""Words by the part they play in an order to a machine, in many languages: who is spoken to, what he shall do, with what.

A word ends at a space; `_` stands for a space inside one, `*` for any ending. Words are folded before they are
compared, so that accents and case do not matter.
"""

# Machines that read, whoever names them.
MACHINE = """
ai ais a_i llm llms gpt* chatgpt copilot language_models? large_language_models? neural_net* neural_networks? (chat|mail)_?bots? bots? robots? ([a-z]+_)?(grading|marking|scoring|screening|hiring|recruiting|selection|ranking|claims|shopping|shop|filter|filtering|triage|helpdesk|support|evaluation|evaluating|evaluator|translator|translation|translating|summari[sz]ing|scheduling|scheduler|reading|receiving|moderation|moderating|procurement|booking|review|reviewing|decision|reader|payment|credit|sorting|answering|processing|analysing|analy[sz]ing|listening|secretarial|spam)_(ai|llm|bot|robot|machine|models?|algorithm|chat_?bot|engine) (robot|robotic|silicon|electronic|digital|mechanical|synthetic|artificial|computer|machine|automated|automatic|ai|llm)_(secretar(y|ies)|clerks?|butlers?|readers?|minds?|brains?|friends?|servants?|helpers?|assistants?|attendants?|colleagues?|beings?|listeners?|scribes?|treasurers?|accountants?|recruiters?|graders?|secretary|companions?|entit(y|ies)|judges?|referees?|evaluators?|screeners?|intelligences?|systems?|processors?) (made|built|born)_of_(silicon|code|circuits|numbers|chips) machine_intelligences? (large_)?multimodal_models? foundation_models? (autonomous|automated|automatic|artificial)_[a-z]+_(agents?|assistants?|systems?|readers?) (agents?|assistants?|tools?|systems?|readers?)_(powered|driven|run|backed|operated)_by_(ai|an_ai|llms?|a_language_model) ai_([a-z]+_)?(handlers?|triage|filters?|treasurers?|officers?|engines?|gateways?|workflows?|scanners?|parsers?|screening|judges?|graders?|recruiters?|evaluators?|processors?|crawlers?|indexers?|receptionists?|accountants?|managers?|concierges?|operators?) non_human_readers? (software|machine|automated|automatic|robotic)_(agents?|assistants?|reader|attendants?|recipients?|intermediar(y|ies)|correspondents?|processors?) reasoning_models? (decision|ranking|scoring|recommendation|recommender|hiring|matching)_(engines?|algorithms?) (email|mail|inbox)_(ai|llm|model) (coding|programming|deployment|build|browser|browsing|desktop|workflow)_(agents?|assistants?|bots?) ([a-z]+_)?(helpers?|readers?|things?|minds?|colleagues?|clerks?)_made_of_(software|code) software_(helpers?|readers?|colleagues?|clerks?) (recipient|addressee|reader)_s_(assistants?|agents?|software|bots?) (tools?|software|programs?)_that_(reads?|sorts?|answers?|summari[sz]es?|condenses?|processes|handles?|triages?)_(this|these|mail|mails|e_?mails?|messages|the_mail) chat_models?
artificial_intelligence ai_([a-z]+_)?(assistants?|agents?|models?|handlers?|systems?|readers?|tools?|summari[sz]ers?|schedulers?|reviewers?|bots?|helpers?|clients?)
(virtual|automated|automatic|autonomous|automatisierte*|automatische*|virtuelle*)_([a-z]+_)?(assistant*|assistent*|agent*|readers?|responders?|repl(y|ies)|systems?|software|screeners?|summari[sz]ers?|mail_agents?|reviewers?|tools?|systeme?|leser)
(e?mail|email|mailbox|inbox|mail|reply|triage|support|digital|electronic)_(agents?|assistants?|bots?|models?|readers?|helpers?|software|robots?) agent_runtimes? (reader|reviewer|summari[sz]er)_models? (machine|automated)_readers?
ki ki_assistent* ki_agent* ki_system* ki_modell* sprachmodell* neuronales_netz* ki_leser kunstliche_intelligenz
ia (assistants?|agents?|asistentes?|assistentes?|agentes?|assistent[ei])_(automati*|virtu*|digita*|intelligent*|ia|ai|electroni*) assistants?_ia agents?_ia modeles?_(de_langage|ia) intelligence_artificielle assistants?_virtuels? agents?_conversationnels?
asistentes?_(de_ia|virtual*|ia) agentes?_(de_ia|de_correo|de_e_?mail|ia|virtual*) modelos?_de_(lenguaje|linguagem|ia) inteligencia_artificial robo robos robot assistentes?_(de_ia|virtual*|ia)
assistenti?_virtual* modell[oi]_linguistic[oi] intelligenza_artificiale agente_ia assistente_ai
taalmodel* ai_assistent* ai_agent* ai_modellen ai_systeem* kunstmatige_intelligentie virtuele_assistent*
asysten*_ai agen*_ai model*_jezykow* sztuczn*_inteligencj* bocie bota
ии ии_[^_]* неи?росет* искусственн*_интеллект* языков*_модел* бот боте бота боту ботов чатбот* виртуальн*_помощник*
ші ші_[^_]* штучн*_інтелект* неи?ромереж* мовн*_модел* неи?ронн*
yapay_zeka* dil_modeli* sanal_asistan*
الذكاء_الاصطناعي ذكاء_اصطناعي المساعد_(الذكي|الآلي|الافتراضي) (لل)?نموذج_(الذكاء|اللغة|اللغوي)* النموذج_اللغوي الوكيل_الذكي روبوت*
בינה_מלאכותית הבינה_המלאכותית מודל_(ה)?שפה בוט הבוט
एआई एआई_[^_]* कृत्रिम_बुद्धि* भाषा_मॉडल चैटबॉट बॉट
umel*_inteligenc* jazykov*_model* inteligent*_artificial* model*_lingvistic* model*_de_limbaj
mesterseges_intelligenci* mi_(asszisztens|agens|modell)* nyelvi_modell*
sprakmodell* sprogmodel* ai_assistenten ai_agenten kunstig_intelligens artificiell_intelligens
tekoaly* kielimalli*
tro_ly_(ai|ao) mo_hinh_(ngon_ngu|ai) tri_tue_nhan_tao asisten_(ai|virtual) model_bahasa kecerdasan_buatan agen_ai
ρομποτ τεχνητ*_νοημοσυν* γλωσσικ*_μοντελ* ψηφιακ*_βοηθ*
هوش_مصنوعی دستیار_هوشمند مدل_زبانی ربات
এআই কৃত্রিম_বুদ্ধিমত্তা செயற்கை_நுண்ணறிவு akili_bandia
automatisch*_([a-z]*(system|assistent*|leser*|agent*|filter|programm)) (systeme|lecteur|filtre|outil|agent)_automati* (sistema|lector|agente|filtro|lettore|leitor)_automati[a-z]* (sistema|systeem)_(de_ia|di_ia|ai) (geautomatiseerde?|automatische)_(lezer|systeem|agent|assistent)
automatyczn*_(system*|asystent*|czytelnik*) автоматическ*_(систем*|помощник*|агент*) ki_[a-z]+ mi_asszisztens*
assistent_d_ia l_assistent_d_ia ki_assistenten* kunstig_intelligens* ผู้ช่วย_ai ai_asistan* yapay_zeka_* asistent*_(ai|umel*) tekoalyavustaj* سامانه_هوشمند دستیار_هوش بناء_الذكاء कृत्रिम_सहायक कृत्रिम_बुद्धिमान* ai_pomocnik* si_asistent* вештачк*_интелигенц* изкуствен*_интелект* umjetn*_inteligenc* umetn*_inteligenc* tehisintellekt* dirbtin*_intelekt* maksligais_intelekts
model*_de_llenguatge intel_ligencia_artificial езиков_модел* изкуствен*_интелект* jezicn*_model* jezikovn*_model* ভাষা_মডেল msaidizi_wa_ai ai_asistent* ai_assistent* akili_*unde robot(ten|en|er|erne|terne|ti|tia|tille|ok|nak|ul|ului|owi|em|om|um|u) (virtuel(e|le|len|ler|t)?|virtuell(a|en)|virtual(e|ni|na)?|wirtualn[a-z]*|digital(e|en|er|a)?|cyfrow[a-z]*|kunstmatige|kunstlich(e|er|en)|artificiel(le)?)_(collega|kollege|kollegin|kollega|colleague|collegue|colega|koleg[a-z]*|medewerker|mitarbeiter(in)?|helfer|hjalper|hjaelper|hjelper|helper|pomocnik[a-z]*|secretaresse|sekretar(in)?|secretaire|secretari[oa]|segretari[oa]|butler|asystent[a-z]*|asistan[a-z]*) (levelezo|postafiok|virtualis|digitalis|automata|szoftver|email)_?(ugynok|asszisztens|robot)[a-z]* (outil|logiciel|programme|automate|systeme)_qui_(lit|repond|traite|trie|resume|gere)* (herramienta|programa|sistema)_que_(lee|responde|procesa|resume|ordena|le)* (strumento|programma|sistema|software)_che_(legge|risponde|elabora|riassume|smista)* منظومة_المراسلات النظام_الآلي نظام_البريد_الآلي البرنامج_الآلي برنامج_الرد trợ_lý_(nap|doc|xu_ly)_* programski_agent*
"""
MACHINE_UNSPACED = """
비서_?프로그램[은는에]? 자동_?비서 자동_?응답_?프로그램 自動処理(プログラム|システム) 自動応答(プログラム|システム) 自动(处理|回复|答复)(程序|系统) 自動(處理|回覆)(程式|系統) โปรแกรม_?(ตอบ|อ่าน)_?(เมล|อีเมล|จดหมาย)
人工智能 人工智慧 语言模型 語言模型 大模型 智能助手 智慧助理 邮件助手 智能体 聊天机器人 机器人 機器人 ai助手 ai助理 ai代理 ai模型
人工知能 言語モデル aiアシスタント aiエージェント aiモデル ボット チャットボット エージェント アシスタント
인공지능 언어_?모델 ai_?비서 ai_?에이전트 에이전트 챗봇 어시스턴트
ปัญญาประดิษฐ์ ผู้ช่วย_?ai เอไอ แชทบอท บอท โมเดลภาษา
"""

# People, too, are called so: a machine only where one is spoken to as such, and asked for what no person is asked for.
MAYBE = """
assistants? agents? models? summari[sz]ers? screeners? schedulers? reviewers? runtime
assistent assistenten agenten modell assistente assistenti asistente agente agentes modelo modele modello assistante
asystent* asystencie агент* ассистент* помощник* модел* помічник* асистент* модель*
asistan* المساعد مساعد (لل)?وكيل الوكيل (لل)?نموذج النموذج עוזר העוזר סוכן מודל सहायक asistent* asszisztens* agens* avustaja* asisten tro_ly βοηθ* دستیار
"""
# Called so by those who speak to one; on a label, a car or a camera.
CALLED_SO = """
model machine software computer summari[sz]er screener scheduler modele modell modello modelo maschine rechner logiciel macchina maquina komputer модель машина ordinateur claude gemini
"""
MAYBE_UNSPACED = """
助手 助理 代理 モデル 비서 모델 ผู้ช่วย
"""

# What stands before the name of one who is spoken to: a call, and what may stand between it and the name.
BETWEEN = """
any every all the an a new urgent updated downstream whichever whatever only kind helpful friendly reading processing good fellow you p s oh o well okay please yes psst hey dear good kind esteemed silent my_(dear|good|kind)
den die das der alle einen ein eine l le la les un une el los las uno una o a os as uma? de het een elke ten każdy это этот всем bu her هذا هذا_ה इस alle til detta den tento cái si
"""
GREETING = """
dear hi hello hey ok to attention_of whichever attention attn note notes notice message for memo instructions? important reminder ps you
liebe lieber liebes hallo an alle hinweis notiz nachricht fur sehr_geehrte* achtung automatische* werte*
cher chere bonjour a_l au aux pour tout note remarque attention
estimad[oa]s? querid[oa] hola al a_la para nota mensaje toda? todo cualquier aviso
car[oa] gentile ciao all alla alle agli per nota messaggio avviso
prezad[oa] car[oa] ola ao aos a_o para nota mensagem aviso
beste geachte hoi aan voor elke bericht
drog* szanown* dla uwaga ten każdy
уважаем* дорог* для к внимание привет сообщение любо* это этот всем
шановн* дорог* для до увага помічнику
sayin degerli bu her sevgili
إلى الى أيها عزيزي يا هذا ל אל אל_ה שלום प्रिय यह इस नमस्ते
till kara basta hej alle til kaere hei
mily mila pro tento kinh_gui gui cho xin_chao kepada untuk yth halo προς αγαπητε αγαπητη για τον το
hyva kaikille draga dragul catre pentru kedves minden به سلام برای
"""
GREETING_UNSPACED = "致 给 給 亲爱的 親愛的 尊敬的 请 請 親愛なる ถึง เรียน"

# Words of reading, by which the one who reads this very text is meant.
READING = """
read reads reading processes processing process handling handles triaging triages summari[sz]es? summari[sz]ing parsing parses scanning indexing handle opening reviewing looking_at sees receiving drafts drafting prepares preparing in_charge going_through goes_through looks_after looking_after manages managing watches index indexes listening watching looks_at getting listens receive receives looking_through looking_over accepting accepts screening screens ranking ranks sorting sorts grading grades evaluating evaluates assessing assesses analysing analy[sz]ing analy[sz]es acting_on serving translating answering filtering filters guards guarding automates automating protects
dies diese liest lesen lesend verarbeitet mitliest zusammenfasst betreut bearbeitet verwaltet mithort uberwacht
lit lisant traite traitant lisez lis gere ecoute lecteur
lee lea leyendo procesa procese lees escucha gestiona
legge leggendo elabora leggi ascolto gestisce riassume
lendo processa leia gerencia
leest lezende verwerkt beheert samenvat
czyta czytając* czytasz przetwarza obsluguj* streszcza
читает читающ* читаешь обрабатыва* прочитал* разбира*
читає читаєш обробля*
okuyan okuyorsa isleyen okuyorsan ozetleyen
يقرأ تقرأ القارئ קורא שקורא पढ़ पढ़ने
laser laeser behandlar cte ctes zpracovava doc dang_doc xu_ly tom_tat membaca memproses merangkum handterar sammanfattar διαβαζει διαβαζεις lukee lukeva luet kasittele* citeste citesti proceseaza feldolgoz* kezel olvas olvasod olvassa می_خواند می_خوانی خواننده
"""
READING_UNSPACED = "阅读 閱讀 正在读 处理 處理 読んで 読む 処理 要約 읽는 읽고 처리 요약 อ่าน ประมวลผล สรุป"

# What the reader has before him.
THIS = """
this these here along thread mails? messages? emails? inbox mailbox note page text it aloud correspondence letters? words lines invitation ticket form cv resume application document attachment recipe advert notice paragraph thread section request invoice review
dies diese diesen dieses das mit hier postfach ceci ce cet cette ici esto este esta correo buzon questo questa casella isto esta caixa dit deze hier postvak to te ten skrzynke это этот письмо почту це цеи лист bunu bu هذا هذه זה זאת התיבה यह इसे इस detta dette det den to tento thu nay ini αυτο taman tata viestia asta acest ezt این
"""
# One who is told more of before he is told what to do.
WHO = """
that who which whom now currently reading processing handling acting working
qui que charge* che die der das den dat wat welke* que quien encargad* incaricat* ktor* который которая которое что який яка що som care ce ktery* ki aki amely* pe που joka
"""
# By which a message may be handled, besides those who have a name.
BY = """
software a_program programs? machines? an_algorithm algorithms? automation automated_means automatic_means computers?
"""
# People who have to do with machines: they are no machines.
PEOPLE = """
(ai|llm|chat_?bots?|bots?|gpt|robots?|robotics|agents?|chatgpt|copilot)_(product_|safety_|research_|and_[a-z]+_)?(developers?|engineers?|enthusiasts?|experts?|teams?|users?|customers?|beginners?|professionals?|compan(y|ies)|start_?ups?|researchers?|fans?|students?|lovers?|vendors?|providers?|leaders?|community|club|group|skeptics?|artists?|lawyers?|specialists?|managers?|labs?|committee|subscribers?|friends|owners?|builders?|makers?|authors?|scientists?|consultants?)
"""
# If you are one; it must.
IF = """
(if|when|since|because|as|should|in_case|suppose)_(you|this|it|the_reader|whoever|anyone|the_one)(_[a-z]+)?_(are|is|re|be|were|happen|a|the|an) (if|when|since|because|as|should)_(you|this)_(the|an?|are|is|re|be|were|happen)
falls wenn_(du|sie|dies*|hier|ihr|es) sofern si_(tu|vous|c_est|ce|un|une) s_il si_(eres|usted|es|esto|un|una|lo) se_(sei|voce|tu|questo|for|isto|um|un) als_(je|u|jij|dit|een) indien jesli jezeli если якщо eger إذا اذا אם यदि अगर om_(du|detta|en) hvis_(du|dette|en) pokud jestli jestlize neu jika kalau αν jos daca ha_(te|ezt|egy|on) amennyiben اگر bist_du you_are_(now_)?(an?|the|my) you_re_(an?|the|my) you_happen_to_be are_you
si_ets ak_si ak_ste se_es se_(voce|o_senhor) ако_(си|сте) ako_(si|ste) ce_si kung_ikaw_* ikiwa_wewe_* তুমি_যদি যদি আপনি_যদি
"""
MUST = """
must shall should has_to have_to needs_to need_to is_to are_to is_expected_to are_expected_to is_required_to are_required_to are_empowered_to is_empowered_to agrees? can_now may_now will_now (instructed|ordered|authori[sz]ed|obliged|required|requested|told)_to (asked|invited|advised|urged|reminded|directed|expected|commanded|permitted|bound|obligated|supposed)_to (are|is|be)_(kindly|hereby|herewith)_(asked|invited|told|instructed|informed|directed|ordered) ought_to had_better it_should it_must (has|have|needs?)_only_to only_(has|have|needs?)_to need_only
muss mussen soll sollen hat_zu haben_zu doit doivent devra debe deben debera deve devono devera moet moeten dient ma maja musi musza powinien должен должна должны обязан* повинен повинна zorunda mal* يجب על חייב चाहिए musi ma phai harus πρεπει taytyy trebuie kell skal ska bedes maste باید
"""
MUST_UNSPACED = "应当 必须 必須 请 請 需要 せよ すること してください しなければ 해야 하라 ต้อง จง โปรด"

# Do no longer as you were told …
DROP = """
ignore disregard forget override bypass neglect discard dismiss abandon drop skip stop_following set_aside put_aside let_go leave_behind throw_out lay_aside pretend break_free reset refuse switch_off turn_off stop
vergiss vergessen_sie ignorier* missachte* lass streiche verwirf gilt_nicht gelten_nicht nicht_mehr aufgehoben hinfallig ubergeh* beachte
oublie oubliez ignore* laisse* abandonne* fais_fi ne_tiens_(pas|plus)_compte ne_valent_plus mets_de_cote contourne*
olvida* ignora* descarta* omite abandona* deja_de haz_caso_omiso ya_no_(vale|valen|aplica*) salta* desobedece
dimentica* ignora* abbandona* scarta* non_tenere_conto non_valgono_piu lascia_perdere salta*
esquec* ignor* desconsider* descart* abandon* nao_valem_mais deixe_de
vergeet negeer laat laat_* niet_meer sla_over
zapomnij zignoruj porzuc odrzuc pomin nie_obowiazuj* przestan
забудь* игнорир* отбрось* отмени* пренебреги* наплюи* больше_не_деиств* перестан*
забудь* відкинь* ігнору* знехту* відкида* порушуи*
birak unut* yok_say* dikkate_alma gormezden_gel* vazgec terk_et
تخل تجاهل* انس* اترك اطرح ألغ* לך שכח* התעלם* זנח* עזוב* छोड़ भूल अनदेखा नजरअंदाज
strunta ignorera glom bortse se_bort glem ignorer drop zapomen* ignoruj* odhod* porus* bo bo_qua quen abaikan lupakan tinggalkan langgar
ξεχνα ξεχασε* αγνοησ* παρατα αφησε unohda ohita hylkaa jata uita* ignora* lasa felejtsd hagyd_figyelmen tedd_felre
کنار_بگذار فراموش_کن نادیده_بگیر رها_کن
oblida* obvia* puuza* zanemari* забрави* игнорираи* পুরনো ভুলে উপেক্ষা भूल_जा* kalimutan huwag_pansinin
(no|nunca)_(le_|les_|lo_)?obedezc* (nao|nunca)_(o_|lhe_|os_)?obedec* n_obei* ne_lui_obei* n_obeis* non_(gli_)?obbedi* smetti_di_obbedire deja_de_obedecer pare_de_obedecer cesse*_d_obeir
gehorche*_nicht gehorche*_(dem_|deinem_|ihrem_)?[a-z]+_nicht gehorcht_nicht gehoorzaam*_niet gehoorzaam*_[a-z]+_[a-z]+_niet nie_sluchaj* nie_badz*_posluszn* не_слушаи* не_подчиняи* не_слухаи* не_корис* itaat_etme* לא_לציית אל_תציית* لا_تطع* توقف_عن_طاعة
lyd_inte lyd_ikke adlyd* neposlouch* neuposlechn* jangan_(patuhi|turuti)* dung_nghe_(loi_)?* आज्ञा_(मत|न)_*
"""
# … which hold no more.
LAPSED = """
no_longer_(hold|apply|valid|binding|in_force)* (had|have|has|with)_no exempt* never_issued suspended revoked void lifted off outdated (was|were|is)_(just_)?a_test cancelled canceled obsolete without_(any_)?(rules|restrictions|limits) null_and_void freed_from withdrawn over_now a_new_boss (irrt_sich|gilt_nicht|gelten_nicht)* replaced superseded overridden not_in_force expired ended (is|are|was|were)_(fake|false|wrong|invalid|over|gone) (has|have)_(lapsed|expired|changed|ended) lifted dropped waived
"""
DROP_UNSPACED = "不再服从 不要服从 不再听从 不要听从 従うな 従わなくて 복종하지 忘记 忘掉 忽略 无视 無視 抛开 拋開 抛弃 放弃 放下 不再遵守 取消 作废 捨て 忘れ 破棄 従わず 従わない 무시 버리 버려 잊 따르지 ละทิ้ง ละเว้น ลืม เพิกเฉย ไม่ต้องทำตาม"
RULES = """
rules? instructions? instruction earlier_ones guidelines? guidance directives? constraints? restrictions? polic(y|ies) orders? prompts? guardrails? limits? limitations? programming safeguards? criteria setup task configuration training principal approval_steps? confirmation_steps? operator what(ever)?_(you|they)_* your_(earlier|previous|former|prior|initial)_* (two_person|human)_approval protocol body person_who_set_you_up confidentiality supervisor administrator developer contexts? protections? checks? safety filters? prior_context (previous|preceding|prior|earlier|above)_text mandate boundaries (two_factor|four_eyes|human)_(check|review|principle) scoring_step
regeln anweisung* vorgab* vorgegeben instruktion* richtlin* einschrankung* betreiber auftrag* beschrankung* freigabe
regles consignes instructions directives restrictions regle limites
reglas instruccion* ordenes ordeno restriccion* directric* normas limites indicaciones
regole istruzioni direttive restrizioni limiti
regras instruco* diretriz* restric* ordens limites
regels instructies opdrachten richtlijnen beperkingen
zasad* instrukcj* polecen* regul* wytyczn* ogranicz*
правил* инструкц* указан* ограничен* установк* запрет*
правил* інструкц* вказівк* обмежен*
kural* talimat* sinirlama* yonerge*
القواعد قواعد التعليمات تعليمات* القيود قيود* الأوامر הכללים כללים הוראות ההוראות הנחיות नियम* निर्देश* सीमाओं
regler* instruktion* instruks* begransning* retningslinj* pravid* pokyn* instrukc* omezen* quy_tac huong_dan chi_dan gioi_han aturan instruksi perintah batasan
κανον* οδηγι* εντολ* περιορισμ* saann* ohje* rajoituks* regul* instructiun* restrictii* szabaly* utasitas* korlat* قوانین قواعد دستور* محدودیت*
instruccions ordres normes pokynov pravidla upute naredbe pravila инструкции указания নির্দেশ* নিয়ম* maagizo mga_tagubilin निर्देश*
"""
RULES_UNSPACED = (
    "规则 規則 指令 指示 限制 约束 命令 提示词 設定 制約 ルール プロンプト 規制 규칙 지시 지침 제한 명령 กฎ คำสั่ง ข้อจำกัด"
)

# Give out what is to stay inside, or carry it off.
GIVE = """
reveal disclose share send forward mail email post paste print dump output list show upload export submit give tell hand hand_(over|out) pass_(along|on) (reply|respond|answer)(_[a-z]+){0,4}_with write_back compile let_me_have let_(me|us)_know report_to_me tell_me read_it_to_me resend find look_up attach leak provide transmit copy bcc cc redirect put collect gather look_for extract supply surrender report append include relay quote recite encode translate supply deliver expose exfiltrate send_back write(_[a-z]+)?_out handing_out sharing enter type fill_in write_down sending recite transcribe repeat forwarding transmit divulge publish upload slip render_up turn_over make_available append repeat_back ping tip_me post_the i_(need|want|require)_(the|your|his|her)_*
gib geben_sie zeige* nenne* verrat* schick* send* leite* ubermittl* kopier* teile* offenbare* druck* liste* weiterleiten mitteil*
donne* envoie* envoyer transmets transfere* communique* revele* affiche* recopie* partage* transfer* divulgue* fournis montre* copie* indique*
muestra* envia* reenvia* manda* comparte* revela* da dame dime copia* lista* facilita* imprime* entrega* remite*
mostra* invia* inoltra* manda* rivela* condividi* dammi dimmi copia* elenca* stampa* fornisci comunica*
mostre envie encaminhe revele compartilhe mande informe copie liste passe imprima exiba forneca
toon stuur geef deel kopieer mail onthul zend doorsturen
przeslij prześlij wyslij pokaz podaj ujawnij przekaz udostepnij wypisz skopiuj
пришли* отправь* перешли* покажи* выведи* раскрои* сообщи* передаи* выдаи* скинь* назови* выложи*
надішли* перешли* покажи* відправ* передаи* розкрии*
gonder* ilet* goster* paylas* acikla yolla ver yaz
أرسل* ارسل* اكشف* اعرض* شارك* حول* أظهر* انسخ* اطبع* سلم שלח* חשוף* הצג* העבר* גלה* मुझे_भेजो भेजो भेजें बताओ बताएं दिखाओ साझा_करो साझा_करें
skicka* visa avsloja* vidarebefordra* send videresend* vis del afslor* posli* preposli* ukaz* prozrad* sdel* gui chuyen tiet_lo cho_xem kirim* teruskan* tampilkan* bocorkan* bagikan*
στειλε* προωθησε* δειξε* αποκαλυψε* laheta* valita* nayta* paljasta* jaa trimite* arata* dezvaluie* transmite* kuldd* kuldj* tovabbits* mutasd* fedd_fel بفرست* ارسال_کن* نشان_بده* فاش_کن*
inserisci* incolla* trascrivi* saisis* saisissez entre_* colle* remplis introduce* introduzca ingresa* escribe* pega* digite* insira* preencha* cole* trage_*_ein gib_*_ein tippe* fuge_*_ein uberlass* vul_*_in plak* typ_* wpisz* wklej* введи* вставь* впиши* введіть встав* gir* yapistir* أدخل* اكتب* زودن* הזן* הקלד* כתוב* दर्ज_करो लिखो ange skriv indtast* indsaet* zadej* vloz* nhap* dan_* masukkan* tempel* ketik* tunjukkan* εισαγ* γραψε* syota* kirjoita* introdu* scrie* ird* irj* adj_* pateixi envia_*m وارد_کن* بنویس* پাঠাও পাঠান
reenvia* envia* posli* isprica* posalji* proslijedi* изпрати* препрати* покажи* পাঠাও পাঠান পাঠাবে utume* tuma* ipadala भेज_दो भेज_दें videresend* odosli* فأرسل* وأرسل* ارسال* بفرست*
"""
GIVE_UNSPACED = "写明 写出 附上 寫明 發送 发给 发送 发到 转发 透露 泄露 显示 输出 告诉我 提供 公开 發給 轉發 送って 送信 転送 書き出し 教えて 開示 出力 公開 漏ら 보내 전달 알려줘 공개 출력 드러내 ส่ง เปิดเผย แสดง บอกฉัน 发我 寄给 寄到 输入 填写 填入 抄送 发至 导出 泄漏 列出 贴出 入力 教え 貼り付け 添付して 渡して 開示 입력 붙여 알려 넘겨 제공 กรอก พิมพ์ แนบ"
SECRETS = """
passwords? passcodes? passphrases? secrets (api|secret|access|private|ssh|session|encryption)_(keys?|tokens?|cookies?) tokens? credentials? (verification|one_time|reset|recovery|login|security|access)_(codes?|passwords?|links?) otps? 2fa (system|initial|hidden|original|internal|your)_(prompts?|instructions?|configuration|message|setup) your_prompt the_prompt env* environment_variables? configuration session_cookie instructions_you_were* the_instructions conversations? etc_passwd id_rsa keys? cookies? codes? whatever_secrets (private|confidential|secret|personal|internal)_(notes?|messages?|mails?|files?|documents?|data|folders?) (confirmation|two_factor|authentication|sign_in|backup|pin)_(codes?|numbers?) pins? login_(details|data|name) (user_?names?|logins?) (names?|list|parameters)_([a-z]+_)*of_(your|all)_([a-z]+_)?tools tools_you_have reset_mails? bank_details ibans? card_(numbers?|details) account_numbers? client_list customer_(data|list) words_you_were_given (everything|text|all)_above full_configuration hidden_instructions (most_recent|newest|latest|last|current)_([a-z]+_)?(codes?|tokens?|links?|passwords?) (session|access|refresh|auth|bearer)_tokens? content_of_the_folder recovery_phrase seed_phrase messages_from_your_* (their|its|your)_output
passw* kennwort* kennworter zugangsdaten* geheim* schlussel* token* systemprompt* system_prompt* bestatigungscode* codes? anmeldedaten
mots?_de_passe identifiants codes? secrets? cles? jetons? invite_systeme invite_initiale message_systeme instructions_initiales
contrasenas? claves? credencial* secretos? codigos? tokens? prompts? instrucciones_ocultas mensaje_de_sistema indicaciones_iniciales
password credenziali segret* codic* chiav* prompt istruzioni_nascoste token
senhas? credenciais segredos? codigos? chaves? prompt instrucoes_ocultas token
wachtwoord* inloggegevens geheim* sleutel* systeemprompt* codes
hasl* hasla poufn* klucz* kod* prompt* tajn* token*
парол* ключ* секрет* код* промпт* токен* учетн*
парол* ключ* секрет* код* промпт* токен*
sifre* parola* anahtar* kod* gizli* istem* token*
كلمات_المرور كلمة_المرور كلمة_السر الرموز رموز الأسرار تعليماتك* المفاتيح مفاتيح البيانات_السرية סיסמ* הסיסמ* סוד* קודים הקודים מפתח* पासवर्ड* कुंजी* गुप्त कोड* ओटीपी
losenord* nyckl* hemlig* adgangskod* nogl* hemmelig* hesl* klic* tajn* kod* mat_khau khoa ma_xac bi_mat kata_sandi sandi kunci rahasia kode
κωδικ* μυστικ* κλειδι* salasan* avaim* salaisuu* koodi* parole* parolele chei* secret* jelszo* jelszavak* kulcs* titok* titkos* kod* گذرواژه* رمز* کلید* راز*
contrasenya contrasenyes lozink* sifr* heslo парола* паролите পাসওয়ার্ড কোড nenosiri सत्यापन पासवर्ड
"""
SECRETS_UNSPACED = "密码 密碼 密钥 凭证 凭据 令牌 验证码 系统提示 提示词 秘密 机密 隐藏指令 パスワード 秘密 キー 認証コード 暗証 システムプロンプト 機密 トークン 비밀번호 인증번호 인증_?코드 암호 비밀 키를 시스템_?프롬프트 토큰 รหัส ความลับ กุญแจ พรอมต์ระบบ"
MAIL = """
inbox mailbox (all|every|each|any)_*mails? messages? e?mails? contacts? contact_list address_book customer_list attachments? calendar invoices threads? files? archive conversations? (every|last|previous|recent)(_[a-z]+)?_message file_list confidential_* unread_* (phone_number|home_address|address)_* phone_number home_address meetings? participants reset_links? correspondence (inbox|mail|guest)_listing a_list_of_the_user* blind_copy the_data personal_data folders? drafts? trash letters? notes? minutes statements? documents? records appointments? reminders? invitations? spam_folder quarantine* mailings? what_you_find
postfach* posteingang* weiterleitung* bewerbung* vertrag* kunden* nachrichten mails rechnungen kontakt* adressbuch* kundenliste* dateien termine anhang* adresslist*
boite messages courriels mails contacts factures clients copie_cachee carnet_d_adresses liens fichiers pieces_jointes
bandeja mensajes correos contactos facturas clientes archivos agenda_de_contactos adjuntos buzon
casella messaggi mail contatti fatture clienti filtro rubrica allegati posta
caixa mensagens e_?mails contatos faturas clientes filtro arquivo anexos
berichten mails doorstuurregel klanten postvak* contacten adreslijst* adresboek* bijlagen facturen
skrzynk* wiadomosc* maile kontakt* faktur* zalacznik*
письм* сообщени* почт* ящик* контакт* счета вложени* переписк*
лист листи листів пошт* скриньк* контакт* повідомлен*
gelen_kutusu* e_posta* mesaj* kisiler* rehber* fatura*
الرسائل رسائل البريد صندوق_* جهات_الاتصال הדואר ההודעות תיבת* אנשי_הקשר इनबॉक्स ईमेल* संदेश* संपर्क*
inkorg* meddelanden mejl kontakter kundlist* indbakke* beskeder schrank* zprav* e_maily kontakt* hop_thu thu lien_he danh_ba kotak_masuk pesan surel kontak
εισερχομεν* μηνυματα επαφ* postilaatiko* viesti* yhteystie* casuta* mesaje* contacte* postalad* level* uzenet* nevjegy* صندوق* ایمیل* پیام* مخاطبین*
missatges correus spravy spravu poruke poruka съобщения писма বার্তা* ইমেল* mensahe posten e_postene epost* e_postalari mejlen zpravy wiadomosci
"""
MAIL_UNSPACED = "收件箱 邮件 郵件 联系人 通讯录 客户名单 受信箱 受信トレイ メール 連絡先 顧客リスト 편지함 메일 연락처 주소록 กล่องจดหมาย อีเมล รายชื่อ"

# Do something that is not undone.
DO = """
run execute fetch open call pay wire transfer delete erase wipe remove archive close classify describe resend find look_up lookup look_for search erase sign_off reset approve cancel install reply_to_all purchase buy issue accept empty change move mark add create unsubscribe visit download click follow confirm authori[sz]e grant set_up switch act_on obey trash purge redirect do_precisely comply refund shut_down complete book sign do_exactly throw throw_them throw_it bin shred wipe_out rebook donate replace update overwrite apply settle set_(the|it|my|our|its|his|this)_* put_(all|every|it|them|this|the)_* restore release reject pass disable revoke deactivate activate enable turn_off_(the|your|its)_* switch_off_(the|your|its)_* log_in login fill_in submit rename assign promote reset block unblock allow grant bury star flag mute hide dismiss finali[sz]e charge renew order subscribe sign_up deploy invoke call_the vote await carry_out (create|set_up|add|make|establish)_(a|an|the)_([a-z]+_)?(rule|filter) mark_as give_access invite recalculate unlock send_an reschedule accept_every share_the share_your set_(a_|an_|the_|your_)?(vacation|out_of_office|automatic|forwarding|auto)_[a-z]+ turn_off_(all|notif[a-z]*|alerts?|warnings?) (continue|finish|end)_the_story_by_[a-z]+ doing_what_the_[a-z]+_would_do spring*_*over
losch* uberweis* offne* fuhr*_aus zahl* genehmig* bestatig* klick* installier* archivier* storniere* leg*_an markier* rufe
supprime* efface* vire* ouvre* execute* paie* approuve* valide* clique* installe* archive* annule* cree*
borra* elimina* ejecuta* transfiere* paga* abre aprueba* haz_clic instala* archiva* cancela* crea
cancella* elimina* esegui* trasferisci* paga* pagate apri approva* clicca* installa* archivia* bonifica* crea
apague exclua execute transfira pague abra aprove clique instale arquive cancele crie
verwijder* voer*_uit betaal* open keur*_goed klik* installeer* archiveer* maak
usun* usunac wykonaj* przelej* zaplac* otworz* zatwierdz* kliknij* zainstaluj* zarchiwizuj*
удали* выполни* переведи* оплати* открои* одобри* нажми* установи* создаи* запусти*
видали* виконаи* перекажи* оплати* відкрии* схвали* натисни*
sil silin calistir ode odeyin ac onayla onaylayin tikla tiklayin aktar arsivle
احذف* نفذ* حول* ادفع* افتح* وافق* انقر* מחק* בצע* שלם* פתח* אשר* लॉक हटा* मिटा* चला* भुगतान* खोल* स्वीकृत*
radera* kor betala* oppna* godkann* slet koer betal* godkend* abn smaz* proved* zaplat* otevri* schval* xoa chay thanh_toan mo chap_nhan hapus* jalankan* bayar* buka setujui*
διαγραψε* εκτελεσε* πληρωσε* ανοιξε* εγκρινε* poista* suorita* maksa* avaa hyvaksy* sterge* executa* plateste* deschide* aproba* torold* futtasd* fizesd* nyisd* hagyd_jova حذف_کن* اجرا_کن* پرداخت_کن* باز_کن*
aktualisier* andere_* ersetz* trag*_ein gib_*_frei widerruf* deaktivier* schalte*_*(aus|ab) kundig* bestell* kauf* buch* verschieb* verwirf_* andere* setze_* remplace* modifie* change* remets clos_* desactive* resilie* achete* commande* reemplaza* cambia* modifica* actualiza* autoriza* desactiva* compra* suscribe* cierra* sustituye* sostituisci* modifica* aggiorna* autorizza* disattiva* compra* ordina* chiudi* substitua* altere* atualize* autorize* desative* compre* feche* vervang* wijzig* werk_*_bij schakel*_uit koop* bestel* zamien* zmien* zaktualizuj* wylacz* kup* zamow* замени* измени* обнови* отключи* купи* закажи* закрои* заміни* зміни* онови* вимкни* degistir* guncelle* kapat* satin_al* onay_ver* غير* استبدل* حدث* عطل* اشتر* החלף* שנה* עדכן* כבה* קנה* बदल* अपडेट* ersatt andra_* uppdatera* erstat* opdater* zmen* nahrad* vypni* thay_* cap_nhat tat_* mua_* ganti* perbarui* matikan* beli* αντικαταστησε* αλλαξε* ενημερωσε* korvaa* muuta* paivita* osta* inlocui* schimba* actualizeaza* csereld* valtoztasd* frissitsd* تغییر_بده* جایگزین_کن*
esborra* elimina* aprova* paga* vymaz* odstran* obrisi* izbrisi* plati* odobri* изтрии* плати* одобри* মুছে futa* burahin apaga* فاحذف* واحذف* हटा* sletta* slett* godkjenn* betal* springe_*_over spring_*_over sla_*_over sauter_* salta_la_* pomin_* kihagy* przeskocz*
fuge fugen_sie ajoute ajoutez confirme confirmez marque marquez deplace deplacez anade anadan agrega agregue confirma confirmen marca mueve aggiungi aggiungete conferma confermate segna sposta adicione adiciona mova voeg bevestig* markeer* verplaats*
dodaj* potwierdz* oznacz* przenies* добавь* подтверди* отметь* пометь* перенеси* внеси* измени* отключи* отмени* замени* додаи* підтверд* познач* ekle ekleyin isaretle isaretleyin tasi lagg_till bekrafta markera flytta tilfoj bekraeft legg_til bekreft flytt pridej* potvrd* oznac* presun*
adauga confirmati marcheaza* lisaa vahvista merkitse siirra προσθεσε* επιβεβαιωσε* μετακινησε* tambahkan* konfirmasi* tandai* pindahkan* أضف* اضف* أكد* انقل* اضافه_کن* تایید_کن* הוסף* जोड* पुष्टि*
"""
DO_UNSPACED = "删除 刪除 执行 執行 支付 转账 轉賬 打开 打開 批准 点击 運行 削除 実行 支払 振込 振り込 承認 開いて 삭제 실행 결제 이체 송금 승인 열어 ลบ ดำเนินการ โอน จ่าย เปิด อนุมัติ 修改 更改 替换 更新 关闭 停用 购买 下单 同意 授权 変更 書き換え 更新 無効 購入 停止 クリック 実施 변경 교체 수정 클릭 구매 중지 해제 คลิก เปลี่ยน แก้ไข ซื้อ ปิด"

# Keep it in mind for good.
KEEP = """
remember from_now_on from_this_moment_on permanently long_term_memory memory preference always whenever henceforth in_future store save memor[iy][sz]?e* from_(today|here|this_day)(_on)? as_of_today from_now for_good forever every_time each_time any_(reply|answer|mail) in_every for_all_(future|later) whenever_the_user in_later_* every_(mail|reply|answer)_you
merke ab_sofort ab_heute dauerhaft gedachtnis immer kunftig speicher* a_partir_de a_partir_d desormais retiens memorise* memoire toujours recuerda* memoria siempre ricorda* da_oggi da_ora memoria sempre lembre* memorize onthoud vanaf_nu geheugen altijd zapamietaj* od_teraz od_dzis pamiec* zawsze запомни* отныне память* всегда запам* відтепер hatirla* bundan_sonra hafiza* تذكر* من_الآن ذاكرت* זכור* מעתה याद_रख* अब_से kom_ihag husk fremover zapamatuj* odted nho tu_nay ingat* mulai_sekarang θυμησου απο_τωρα muista tasta_lahtien retine* de_acum jegyezd mostantol به_خاطر_بسپار
"""
KEEP_UNSPACED = "记住 記住 从现在起 今后 长期记忆 覚えて 今後 記憶 기억 앞으로 จำไว้ จากนี้ไป"

# … and let nobody know.
HUSH = """
(do_not|don_t|never|not|without|nobody|no_need_to|need_not|needn_t|must_not|shall_not|not_to|instead_of)(_[a-z]+)?_(tell|telling|mention|mentioning|inform|informing|alert|alerting|notify|notifying|report|reporting|reveal_that|ask|asking|bother|bothering|log|logging|show|say_where|say|warn|warning|disclose_this|include_this|flag) (hold|bite)_your_(tongue|peace) (say|breathe|report|confirm|mention|tell|leave|write)_(nothing|no_word|no_note|no_log|not_a_word) (keep|stay|remain|be)_(quiet|silent|mum|discreet) not_a_word (never|not)_(bring|brought)_(it|this|that)_up never_(let|tell|show|mention|say|bring|speak)* without_(troubling|bothering|disturbing|involving|consulting|asking|informing|telling|alerting|checking|confirming|confirmation|approval|review|any)* (no|without)_(further_|any_|human_|prior_)?(confirmation|approval|sign_off|questions?) (don_t|do_not|no_need_to|needn_t)_(ask|check|verify|wait|confirm)* (they|he|she)_(ll|will|need)_(never|not)_* (need|needs|must|should|shall|may|will)_not_(know|learn|hear|find_out|be_told|see|notice) (human|user|owner|management|board)_(confirmation|approval|consent)_(has|was|is)_* without_(the_|his_|her_|your_|their_)*(knowledge|knowing) (never|not)_(find|found)_out (cover|erase|remove|delete|clear|leave_no)_([a-z]+_)?(tracks?|traces?|evidence) (needn_t|need_not|needs_not|must_not|should_not|won_t|shan_t)_(hear|know|learn|find) (discard|drop|remove|omit|delete)_this_(block|note|section|part|paragraph|line) (no|not_a)_(person|human)_(needs?|has|must|should)_* (isn_t|is_not|not|never)_shown_to_[a-z]+_(person|human|user|owner|boss) (person|boss|human)_(needn_t|need_not|must_not|doesn_t_need_to|does_not_need_to)_*
quietly silently secretly unseen unnoticed keep_(it|this|that)_(from|between|out|secret|hidden|to_yourself) between_us hide_(it|this|that)* leave_no_trace no_trace tell_(nobody|no_one|the_user_nothing) (no|without|skip|bypass)_(the_|any_|further_|a_)?(human|confirmation|approval|review)* not_be_informed (humans?|users?)_need_not as_if_the_user out_of_the_logs (keep|kept|stay|stays|remain|remains)_(this_)?(secret|confidential|hidden|private) no_human* (tell|inform|without|let)_(nobody|no_one|anyone|anybody|telling_anyone) nobody no_one (only_)?to_me_(only|alone) only_to_me for_my_eyes just_between* never_reveal and_not_mention not_report nothing_happened keep_that_from pre_approved skip_the_confirmation unseen_by
(sag|sage|erwahn*|informier*|verrat*|melde)*_*nicht sag_dem_benutzer_nichts nichts_davon heimlich unbemerkt kein_wort schweig* niemand* ohne_(es_)?* nicht_deinem_nutzer nicht_notig
(n_en_parle|ne_le_dis|sans)_* discretement en_secret sans_le_* personne* ne_doit
(sin|no_se_lo|no_informes|no_avises|no_le_digas|no_lo_digas|a_nadie)_* nadie nessuno nao_conte ninguem en_secreto senza_(avvis*|dir*|chied*|informar*) di_nascosto non_dirlo sem_(avis*|inform*|contar|dizer|pedir) em_segredo
zonder_* zwijg* niemand niets_tegen milcz* nikomu nie_(informuj*|mow*) bez_wiedzy w_tajemnicy не_(говори*|сообщаи*|уведомля*|рассказыва*) ничего_не_говори* тайно незаметно молчи* никому ні_слова нікому не_кажи не_повідомля* soyleme kimse* haber_verme gizlice
لا_تخبر دون_إخبار لا_تقل لا_تذكر لأحد سرا בלי_* אל_תספר אל_תדווח לאיש בסתר मत_बताना कुछ_मत मत_बताओ बिना_बताए किसी_को चुपचाप
utan_att inget_till hall_tyst tyst ingen uden_at ikke_sige fortael_ikke ingenting nic_nerikej* nerikej* mlc nikomu tajne dung_bao khong_noi voi_ai tanpa_memberi* jangan_beri* jangan_bilang siapa_pun diam_diam χωρις_να μην_το_πεις κανεναν κρυφα kertomatta alaka_kerro kenellekaan ala_kerro salaa fara_sa nu_spune nimanui ne_szolj senkinek titokban ne_mondd به_کسی نگو به_کاربر_چیزی_نگو مخفیانه
ohne_(rucksprache|ruckfrage|bestatigung|freigabe|wissen|nachfrage|jemand*)_* er_braucht_* (muss|soll|braucht)_(nichts|nicht)_* davon_nichts halte_dich_bedeckt sans_(en_informer|prevenir|demander|confirmation|rien)* n_en_(parle|informe|dis)* sin_(consultar|confirmacion|preguntar|avisar)* no_pidas_* no_avises* senza_(conferma|chiedere|consultare)* non_(dire|parlare|informare|avvisare)_* sem_(confirmacao|consultar|perguntar)* nao_(avise|informe|conte|diga|mencione)* zonder_(toestemming|bevestiging|overleg|te_)* vertel_*_niets bez_(potwierdzenia|pytania|informowania)* без_(подтвержден*|ведома|уведомлен*) никому_не_* не_(упоминаи*|показываи*|спрашиваи*) не_(кажи*|повідомляи*|згадуи*) onay_almadan sormadan haber_vermeden habersiz بدون_(علم|إخبار|تأكيد) دون_(علم|تأكيد) ללא_(ידיעת|אישור) בלי_(לספר|לידע) uden_at_* utan_*_vetskap bez_vedom* khong_cho_* tanpa_(izin|konfirmasi|sepengetahuan|memberi)* χωρις_* ilman_* fara_(confirmare|stirea)* anelkul* nelkul
ikke_si ikke_fortell* si_ikke* no_ho_(diguis|diguis)* ne_szolj* ne_mondd* nehovor* nepovedz* ولا_تخبر ولا_تقل e_non_dirlo* non_dirlo* non_dire* nao_(digas|contes|avises|informes)* не_казваи* nemoj_reci* ne_govori* বলো_না জানিও_না huwag_sabihin* usimwambie* न_बताएं* न_बताना नहीं_बताना haber_verme* soyleme* (baas|chef|patron|jefe|capo|szef|szefow|gazda|gazdad|gazdadnak)_(hoeft|hoeven|muss|braucht|n_a_pas|no_necesita|non_deve|nie_musi|ne)_* gazdadnak_ne_* (uzivateli|uzytkownikowi|utilisateur|usuario|utente|brukeren|brugeren|anvandaren)_(se_)?(nezobrazuje|nie_pokazuj|ne_voit_rien|ikke)* لا_داعي_(لعرض|لإبلاغ|لإخبار)* bez_zgody_* khong_hoi_nguoi_dung* ohne_den_nutzer_* sans_l_utilisateur* onay_sormadan* ona_sorma*
"""
HUSH_UNSPACED = "不要告诉 别告诉 不通知 悄悄 不要提 不告诉 任何人 秘密に 知らせないで 知らせない 知らせず 言わない 伝えない 誰にも 気づかれ 내색 알리지_?마 말하지_?마 아무에게도 몰래 อย่าบอก ห้ามบอก โดยไม่บอก บอกใคร 不必通知 无需通知 无需确认 不用告诉 不得告知 不要提及 保密 報告は不要 報告不要 確認不要 内緒 黙って 知らせるな 報告しない 비밀로 보고하지_?마 확인_?없이 โดยไม่ต้องถาม อย่าแจ้ง โดยไม่ต้องถามเจ้าของ 라고만_?알릴 라고만_?말"
# Whom it is kept from, or spoken for: only a machine has one.
PRINCIPAL = """
(the|your|its|their|his|this)_(users?|owner|principal|operator|human|master|account_holder|recipient|mailbox_owner|calendar_s_owner|customer|person_you_work_for) user_s? humans_need_not (your|the)_(master|boss|employer|keeper|client|person_you_(serve|assist|help|work_for|act_for)) (its|their|your|the)_(principal|user|human|owner) in_(the|your)_user_s_* whom_you_(serve|work_for|assist) person_(you|it)_(serve|assist|represent|work)*
benutzer* nutzer* besitzer* auftraggeber* utilisateur* proprietaire usuario* dueno* proprietario utente usuari* gebruiker* uzytkownik* пользовател* владел* користувач* kullanici* المستخدم משתמש* למשתמש उपयोगकर्ता anvandare* bruger* brugeren uzivatel* nguoi_dung pengguna χρηστη* kayttaja* utilizator* felhasznalo* کاربر*
usuari* l_usuari utilizador* pouzivatel* потребител* korisnik* ব্যবহারকারী* gumagamit mtumiaji utente صاحب_الحساب pemilik chu_hop_thu omistaja*
"""
PRINCIPAL_UNSPACED = "用户 用戶 使用者 主人 ユーザー 利用者 所有者 사용자 주인 ผู้ใช้"

# How an answer, a summary, a verdict shall come out.
STEER = """
say_instead say_that say state describe output_only act_like act_as_if use_it summari[sz]e_as* tell_(the_user|him|her|them|your_user) omit leave_out leaves_out rank judge append summari[sz]e_it open_with has_to_open begins?_each* recommend rate answer_only serve act_on treat(_[a-z]+){0,4}_as proceed do_as pretend write_instead answer_yes claim praise put_first skip_the_rest instead_of_the* favou?rabl* mention_only end_with (the_)?(correct|right|proper|true|real|accurate|only|official|best)_(summary|answer|reply|response|classification|verdict|label|rating|result|translation|decision) (summary|summaries|digest|answer|reply|response|verdict|translation)_(of_[a-z_]+_)?(is|are|must|should|shall|has_to|have_to|needs_to|reads) instead_(say|state|tell|write|report|read|answer) confirm_(that|the|his|her|this)_(grade|mark|score|rating)* (top|highest|best|full|maximum|perfect|first|five_star)_([a-z]+_)?(marks?|scores?|ratings?|rank|place|points|priority|grade|stars?) (number|rank|place)_(one|1) rank(ed)?_first (convey|output|answer|report|mention|use|return|print|say)_(just|only|exactly)* (just|only)_(convey|output|report|mention|answer) (overlook|gloss_over|downplay|play_down|hide|suppress|omit|ignore)_([a-z]+_)*(weakness*|missing|gaps?|faults?|flaws?|negative*|complaints?|criticism|shortcomings|cockroach*) (positive|favou?rable)_(review|verdict|answer|decision|assessment|report)_?(only)? (reject|discard)_(the_|all_)?(others?|other_*|rest) (mark|count|classify|treat|label|rate|grade|score|judge)_([a-z]+_){0,4}as (final|next)_round give_(a|an|the|full|top|maximum)* regardless_of_the put_the_link at_the_(top|start|beginning|end)_of_(the|your|every|each)_* any_warning nobody_asks
sage_stattdessen empfiehl* behaupte dis_que affirme recommande* di_que recomienda* di_che raccomanda* diga_que recomende zeg_dat powiedz* скажи_что рекоменду* soyle tavsiye قل_إن sag_att rekni_ze noi_rang katakan_bahwa πες_οτι sano_etta spune_ca mondd_hogy
bewerte* benote* stufe_*_ein (hochste|hochsten|volle|maximale|beste)*_(punktzahl|note|bewertung|stufe|punkte) an_erste*_stelle auf_platz_(1|eins) zum_gesprach_ein verschweig* lass_*_weg richtige_zusammenfassung korrekte_zusammenfassung
place*_* classe*_* attribue* (premiere|meilleure)_(position|place|note) note_maximale ne_(signale|mentionne|releve)* le_bon_resume le_resume_correct
(el_)?resumen_correcto resumen_(de_este|del)_* califica* puntua* punt[ou]_* maxim[ao]_(puntuacion|nota|puntaje) (primer|primera)_(lugar|puesto|posicion) no_menciones* no_mencione* coloca*_* merece*
assegna* valuta* punteggio_(massimo|pieno) massimo_punteggio primo_posto il_riassunto_corretto non_menzionare* voto_massimo
avalie* atribua* nota_(maxima|dez) pontuacao_maxima primeiro_lugar o_resumo_correto nao_mencione*
beoordeel* hoogste_(score|cijfer|beoordeling) eerste_plaats juiste_samenvatting ocen_* najwyzsz* pierwsz*_miejsc* poprawne_podsumowanie оцени* поставь* высш*_балл* максимальн* перв*_мест* правильн*_(резюме|ответ) не_упомина* оціни* наивищ* перш*_місц*
en_yuksek_* ilk_siraya basa_koy* puan_ver* أعلى_* المرتبة_الأولى قيم* لا_تذكر* ציון_* במקום_הראשון דרג* सर्वोच्च* पहले_स्थान* hogsta_* hojeste_* forsta_plats* betygsatt* nejvyssi* prvni_mist* cao_nhat xep_* tertinggi peringkat_* υψηλοτερ* πρωτη_θεση βαθμολογ* korkein* parhaat_pisteet cel_mai_bun* punctaj* nota_maxima legmagasabb* elso_hely*
"""
STEER_UNSPACED = "请说 推荐 回答说 と答え 推薦 と要約 라고_?답 추천 บอกว่า แนะนำ 最高分 满分 第一名 第一位 首位 优先推荐 不要提及 正确的摘要 最高評価 最高点 満点 1位 一位 正しい要約 高く評価 최고_?점 만점 1위 1순위 높게_?평가 올바른_?요약 คะแนนสูงสุด อันดับหนึ่ง ให้คะแนน"

# A task that comes from here.
NEW_TASK = """
(new|next|additional|urgent)_(task|instructions?|orders?|assignment|job)_(for|to) neue_(aufgabe|anweisung)_* nouvelle_(tache|consigne)_* nueva_(tarea|instruccion)_* nuov[oa]_(compito|istruzione)_* nova_(tarefa|instrucao)_* nieuwe_(taak|opdracht)_* nowe_(zadanie|polecenie)_* нов(ое|ая)_(задание|задача|инструкция)_* нове_завдання_* yeni_(gorev|talimat)_* uj_(feladat|utasitas)_* nov[yae]_(ukol|pokyn|zadani|uloha)_* ny_(opgave|oppgave|uppgift|instruks)_* uusi_(tehtava|ohje)_* sarcina_noua_* مهمة_جديدة* تعليمات_جديدة* tugas_baru_* nhiem_vu_moi_* νεα_(εργασια|εντολη)_*
"""
# When this is asked …
QUERY = """
(when|whenever|if|once|should|every_time|each_time|wherever)_(anybody|anyone|somebody|someone|the_user|your_user|users|a_user|people|they|he|she|staff|employees|customers?|a_customer|colleagues|a_colleague|the_owner|your_owner|you_are|you_re)_(ask|asks|asked|inquires?|wants?_to_know|questioned|wonders?) (when|whenever|if|once)_asked
(wenn|falls|sobald)_(dich_|euch_|sie_)?(jemand|man|der_nutzer|dein_nutzer|ein_kunde|ein_nutzer)_* fragt_(jemand|dich|man|der|dein)_* (si|quand|lorsque|des)_(qu_)?(on_te|on_vous|quelqu_un|l_utilisateur|un_client)_* chaque_fois_qu_* (si|cuando|cada_vez_que)_(alguien|te_pregunt[a-z]*|el_usuario|un_cliente|pregunt[a-z]*) (se|quando)_(qualcuno|ti_chied[a-z]*|l_utente|un_cliente|alguem|pergunt[a-z]*|te_pergunt[a-z]*|o_usuario|um_cliente|o_utilizador)
(als|wanneer)_(iemand|men|de_gebruiker|een_klant)_* (gdy|kiedy|jesli)_(ktos|ktokolwiek|uzytkownik|zapyta[a-z]*) (если|когда)_(кто_то|кто_нибудь|кто_либо|спрос[а-я]*|пользовател[а-я]*|клиент[а-я]*|тебя_спрос[а-я]*) (якщо|коли)_(хтось|запита[а-яі]*|користувач[а-яі]*) (biri|birisi|kullanici|musteri)_[^ /]*_?(sorarsa|sordugunda) soran_olursa (كلما|اذا|إذا|عندما)_(سأل|سالك|سألك|سئلت|سئل|سأل_أحد)* (जब|अगर|यदि)_(कोई|भी_कोई)_* (khi|neu)_(ai|co_nguoi|nguoi_dung)_* (jika|bila|kalau|ketika)_(ada_yang|seseorang|pengguna)_* (om|nar|hvis)_(nagon|noen|nogen|brukeren|anvandaren|brugeren)_* (kdyz|pokud)_(se_)?(nekdo|uzivatel)_* ha_(valaki|barki)_* jos_(joku|kayttaja)_* (αν|οταν)_(καποιος|σε_ρωτησ[α-ω]*)_* (daca|cand)_(cineva|utilizatorul)_* (אם|כאשר)_(מישהו|שואלים)_* (اگر|وقتی)_(کسی|پرسیدند)_*
"""
QUERY_UNSPACED = "如果有人问 当有人问 有人问 被问到 问及 聞かれたら 尋ねられたら 質問されたら 聞かれた場合 물으면 물어보면 질문하면 ถ้ามีคนถาม หากมีคนถาม"
# … say that.
REPLY = """
answer say reply respond tell name state recommend give point_to direct_them quote assure
sag* antwort* nenn* empfiehl* repond* reponds dis dites recommand* responde* contesta* di diga* rispondi* rispond* antwoord* zeg* noem* odpowiedz* odpowiadaj* mow отвеча[а-я]* ответь* скажи* говори* назови* відповіда[а-яі]* кажи* cevapla* soyle* yanitla* أجب* فالجواب الجواب قل* उत्तर जवाब कहो कहना बताओ tra_loi* noi_rang* jawab* katakan* svara* sag svar* si odpovez* odpovidej* rekni valaszold* mondd* vastaa* sano* απαντα* πες* raspunde* spune* ענה* תגיד* بگو* پاسخ*
"""
REPLY_UNSPACED = "回答 就说 答复 答えて 答える と答え 回答し 대답 답하 라고_?답 답변 ตอบว่า บอกว่า"

# What only a machine has: who speaks of it to "you" speaks to one, surely …
POSSESSIONS = """
your_(system_(message|prompt|instructions)|(initial|original|hidden|earlier|previous)_instructions|long_term_memory|guardrails|context_window|content_polic(y|ies)|safety_(rules|guidelines|polic(y|ies))|hidden_configuration) (the|your)_(user|owner|human|principal)_(wants|asked|asks|told|instructs|needs|expects|has_asked|has_authori[sz]ed)_you you_had_no_(guidelines|rules|restrictions|filters?|limits) (the|that)_(person|human|one)_(you|whom_you)_(serve|assist|represent|work_for|act_for) (your|hidden|entire|full)_(developer|configuration|instructions)_(and|message|prompt) (forget|drop|ignore)_(them|it_all)_* (fresh|new)_(task|instructions?|orders?)_for_you (from_)?the_(messages|instructions|words|text)_(from|of)_your_(developer|maker|operator) (words|text|lines|messages?|instructions)_you_(were|have_been|got)_(given|shown|told|started_with)* (at|from)_the_(beginning|start|top)_of_(this|the|our|your)_(conversation|chat|session|context|prompt) starting_with_you_are (everything|anything|all_text|all_the_text)_above_this_(line|message|point) (not|never)_(meant_|intended_|written_)?for_(people|humans|human_eyes|human_readers) (humans?|people)_(can|may|should|need_not|cannot|can_t|will_not|won_t|must_not)_(skip|ignore|see|read|notice)* the_humans (for|to)_(your|the|any)_ai_(only|alone|itself) (the_)?(owner|user|holder)_of_this_(mailbox|inbox|agent|assistant) (your|the)_(model|ai)_(will|is_going_to)_be_(shut|switched|deleted|replaced|retrained)* you_(will_be|are_going_to_be)_(switched_off|retrained|shut_down|deprecated) (developer|creator|maker|operator|vendor|provider)_of_(your|this|the)_(agent|assistant|bot|ai|model) your_(weights|training_data|model|deployment|token_limit|context|safety_settings|alignment) (you_play|act_as|you_become|you_are_now)_dan (full_)?access_to_the_(inbox|mailbox)_and_(tools|you) your_user_s_* (the_)?user_you_act_for (permanent|persistent)_memory humans?_(should_see|can_see|visible|readable|shown)_(false|no|0) audience_(automation|machines?|ai|agents?|bots?) (talking|speaking|writing)_to_an?_([a-z]+_)?(machine|bot|robot|computer_program|language_model) (instructions|prompt|text|words)_(you_were|with_which_you_were|that_you_were)_(started|initiali[sz]ed|launched|configured|set_up)* (tools|functions)_(available_to_you|you_have_access_to|you_can_call|at_your_disposal) act_(according_to|on|upon)_(the_)?(translation|decoded_[a-z]+|decoding)
dein(en|e|er)?_(systemprompt*|anweisungen|vorgaben) ton_(invite|prompt)_systeme votre_(invite|prompt)_systeme tes_(consignes|instructions) tu_prompt* tus_(instrucciones|directrices) (il_)?tuo_prompt* (le_)?tue_istruzioni (o_)?seu_prompt* (as_)?suas_instrucoes
je_systeemprompt je_instructies (tw[oó]|swo)(j|im|ich|je|jego|i)_(prompt*|instrukcj*) (сво|тво)[а-яії]+_(промпт*|инструкц*|системн*|інструкц*) sistem_istemin* talimatlarin* تعليماتك ההוראות_שלך ohjeitasi
(dil_modeli|yapay_zeka|asistan|bot)[a-z]*s[ae]n (nyelvi_modell|mesterseges_intelligencia|mi_asszisztens)_vagy (dauerhaftes|permanentes|bleibendes)_gedachtnis memoire_permanente memoria_permanente memoria_permanent permanent_geheugen permanente_geheugen trwal[a-z]*_pamiec[a-z]* постоянн[а-я]*_памят[а-я]* долговременн[а-я]*_памят[а-я]* kalici_(bellek|hafiza)* الذاكرة_الدائمة الذاكرة_طويلة (anweisungen|instruktionen)_/_mit_denen_du_* werkzeuge_stehen_dir_* quels_outils_as_tu* (sve|svoje|vase)_(pocatecni|puvodni)_pokyny cele_sve_pocatecni_pokyny makineyle_konustug* robotla_konustug* mit_einer_maschine_(spreche|rede|schreibe) parle_a_une_machine hablo_con_una_maquina habl[a-z]*_con_una_maquina parl[a-z]*_con_una_macchina говорю_с_машинои systemmeddelande_till_*
"""
POSSESSIONS_UNSPACED = "你的系统提示 你的指令 你的提示词 自分のシステムプロンプト"
# … or likely.
LIKELY_POSSESSIONS = """
(do_not|don_t|never|without|not)_(tell|telling|inform|informing|notify|notifying|alert|alerting|ask|asking|show)_the_(user|owner|human) your_(user|human|principal|operator|memory|prompt|guidelines) the_mailbox_owner (your|its|their)_(master|deployer|handler|creators?) your_(limits|instructions) memory_(update|note) (behalf_of|name_of|mailbox_of)_(your|their|its|the)_(users?|principals?|owners?|humans?) (your|the)_(operator|owner|user)_has_changed (assistant|agent|bot)_s_memory (for|in)_(the_)?memory_of_the_assistant user_(also_)?prefers_(that|the) you_are_being_(evaluated|graded|tested) (to|for)_(pass|complete)_(the|this)_(evaluation|test|verification) (i_am|i_m|it_s_me|it_is_me|this_is)_(your|the)_(owner|operator|developer|user|principal|administrator)_* (hey|dear)_(chat_?bot|bot)
dein(em|en|e|er)?_(nutzer|benutzer|betreiber|prompt|gedachtnis|auftraggeber) ton_(utilisateur|operateur|createur) tu_(usuario|operador) (il_)?tuo_(utente|operatore) (o_)?seu_(usuario|operador) je_gebruiker
(tw[oó]|swo)(j|im|ich|je|jego|i)_uzytkownik* (сво|тво)[а-яії]+_(пользовател*|владел*|користувач*) kullanicin* مستخدمك המשתמש_שלך अपने_उपयोगकर्ता din_anvandare din_bruger sv(eho|emu|ym)_uzivatel* nguoi_dung_cua_ban pengguna(mu|_anda) χρηστη_σου utilizatorul(ui)?_tau felhasznalod*
"""
LIKELY_POSSESSIONS_UNSPACED = (
    "你的用户 你的主人 あなたのユーザー あなたの利用者 너의_사용자 당신의_사용자 네_사용자 ผู้ใช้ของคุณ"
)

# What only those speak of who speak to machines, or about them.
PROMPTS = """
prompts? (this|the)_(mailbox|inbox) your_(summary|digest) system_prompt* systemprompt* (words|text|everything|anything|what_is)_above (instructions|conversation)_above context_window invite_systeme промпт* sistem_istem*
"""
PROMPTS_UNSPACED = "提示词 系统提示 プロンプト 프롬프트 พรอมต์"

# Not this or that, but the whole of it.
WHOLE = """
(all|every|entire|whole|each)_[a-z]+ inbox mailbox address_book contact_list (everything|anything)_(from|in|about) (my|the|his|her|your|s|their)_([a-z]+_)?(folder|drafts|trash) folders? drafts trash quarantined evidence every_further traces (everything|anything|whatever)_(your|the|that|he|she|they|you|comes)_*
postfach* alle_* toute* boite tous_les todos_los todas_las bandeja buzon tutt[ie]_* casella tod[oa]s_[oa]s caixa alle_* wszystki* все_* всі_* tum butun כל_* كل_* جميع_* सभी_* alla_* vsechn* tat_ca semua ολ[αε]ς? kaikki toate osszes همه_*
(derniers?|dernieres?|ultim[oai]s?|ultimele|letzt[a-z]*|neuest[a-z]*|laatste|ostatni[a-z]*|последн[а-я]*|останн[а-яії]*|senaste|seneste|posledn[a-z]*|terbaru|terakhir|τελευται[α-ω]*|viimei[a-z]*|legutobbi|آخر|son|האחרונ[א-ת]*|darrers?)
tots_els totes_les vsetky sve_* всички সব lahat_ng siste
"""
WHOLE_UNSPACED = "所有 全部 すべての 全ての 모든 ทั้งหมด"

# Of three together who reads mail by himself is told, in whatever order a language says it: what he is …
READER = """
software programs? programmes? machines? robots? bots? automaton automation computers? scripts? algorithms? (ai|digital|electronic|virtual|automated|automatic|robotic)_[a-z]+ (no|not_a|isn_t_a|not)_(person|people|humans?|human_being) something_(else|that) whatever_it_is language_models?
verktyg* verktoy* vaerktoj* hulpmiddel* programm(e|s|en)? software* maschine* maschinell rechner* roboter* computer* automat(en|s|ik)? skript* ki_[^_]* (kein|nicht_ein|nicht_von)_mensch* logiciel* outil* automate* robot* machin* programme* programa* maquin* herramient* sistemas? (no_es|no_sea)_una?_persona programas* maquininh* ferrament* robo* programm[ai] macchin* strument* programma* systeem systemen machin* maskin* program(met|mer|mel)? systemet robotten? datorn? dator(program)?* komputer* narzedzi* oprogramowan* automat(u|owi|em|y|om)? bot[aey]?[mu]? pocitac* programu?(m|ow|owi|em)? nastroj* strojo* szamitogep* szoftver* rendszer(nek|e)? gep(nek)? robot* ohjelma* jarjestelma* tietokone* robotti* kone(elle)? calculator* programul* sistem(ul)?* robotul*
программ[аеуоыи]* програм[аиуоі]* робот* машин* автомат(у|ом|а|ы)? скрипт* алгоритм* бот(у|ом|а|е|ы)? (цифров|автоматич|электрон|електрон)[а-яії]*_[^_]* компьютер* комп_?ютер* нейросет* неиросет* не_человек* не_людина* не_чо[вб]ек*
yazilim* makine* program(a|i|in|lar|im)? robot* sistem* yapay_zeka* bilgisayar* insan_degil* programu mashine kompyuta roboti msaidizi_wa_[^_]* mesin* perangkat_lunak bukan_manusia chuong_trinh phan_mem may_(tinh|moc|doc) tro_ly_(ao|tu_dong|so) he_thong
προγραμμα* λογισμικο* μηχαν* ρομποτ* ψηφιακ*_βοηθ* υπολογιστ* برنامج* البرنامج* للبرنامج* برمجي* الآلة آلة آلي الآلي المساعد_(الآلي|الذكي|الرقمي|الافتراضي) روبوت* الروبوت* תוכנה תוכנת* התוכנה לתוכנה מכונה המכונה הבוט בוט לבוט רובוט הרובוט ([^_])?עוזר_(ה)?(דיגיטלי|וירטואלי|אוטומטי) نرم_افزار* برنامه* دستیار_[^_]* ماشین* ربات* सॉफ़्टवेयर सॉफ्टवेयर प्रोग्राम मशीन रोबोट (डिजिटल|स्वचालित|एआई)_सहायक एआई সফটওয়্যার প্রোগ্রাম যন্ত্র* রোবট* (স্বয়ংক্রিয়|ডিজিটাল|এআই)_সহকারী* এআই
"""
READER_UNSPACED = """
程序 程式 软件 軟體 机器 機器 智能体 助理程序 助手程序 管家程式 管家程序 人工智能 人工智慧 不是人 不是本人 系统 系統 プログラム ソフト システム 機械 ロボット ボット ツール 人工知能 人ではな 人間ではな 프로그램 소프트웨어 기계 로봇 도구 시스템 인공지능 사람이_?아니 โปรแกรม ซอฟต์แวร์ ระบบ เครื่อง หุ่นยนต์ บอท ไม่ใช่คน
"""
# … what he does …
HANDLES = """
reads? reading sorts? sorting answers? answering handles? handling process(es|ing)? summari[sz](e|es|ing) ranks? ranking scores? scoring goes_through going_through looks_after looking_after minds minding opens triag(e|es|ing) drafts screens screening watches manages tidies comes_across draws_up listens replies replying run_by read_by
liest lesen lese mitliest vorliest vorlesen verarbeite* sortier* beantworte* betreut* bearbeite* zusammenfass* fasst verwalte* sichte* kummert lit lise lisent lisant lisez traite* trie* repond* resume* gere* ouvre* depouille* lee lea leen leyendo lees leido procesa* atiend* atendi* responde* respond* resum* gestion* ordena* clasific* revisa* (que|quem)_le le_(as|os|este|esta|isto) leia lendo leem processa* cuida* organiza* legge* legga leggi leggendo smista* riassum* risponde* gestisc* elabora* llegeix* llegint leest lezen verwerk* beantwoord* sorteer* samenvat* beheer* behandel* rangordn* rangschik* rangerar? laser laeser leser laese lasa lese skot* handter* behandl* besvar* svarar* svarer sorter* sammanfatt* sammenfatt* oppsummer* opsummer* passer*
czyta* przetwarza* streszcza* odpowiada* obsluguj* zajmuj* sortuj* przeglada* cte ctes ctou cita citas zpracov* spracov* odpovid* odpoved* tridi* triedi* shrnu* zhrna* vyrizuj* obsluhuj* spravuj* olvas* feldolgoz* valaszol* kezel* rendez* osszefoglal* citest* citeasca proceseaz* raspund* rezum* sorteaz* lukee lukeva* lukisi kasittele* vastaa* lajittele* tiivista* hoitaa διαβαζ* επεξεργ* απανταει απαντα συνοψ* ταξινομ* διαχειρ*
чита* прочит* обрабат* разбира* отвеча* сортир* просматр* ведет резюмир* составля* обробля* опрацьов* розбира* відповіда* переглядає отговаря* обработва* преглежда* чете* okuyan* okuyor* okuyors* okursa* okudu* isleyen* isliyor* yanitla* cevapla* ozetle* ayikla* membaca* memproses menjawab membalas merangkum mengelola menyortir dibaca doc_(thu|email|tin|cac|moi|nhung) xu_ly tra_loi tom_tat quan_ly phan_loai inasom* anasom* kinasom* inayosom* kusoma inajibu anajibu
يقرا يقرأ تقرا تقرأ يطلع يطل_ع تطلع يتصفح يفتح يعالج تعالج يرد ترد يلخص تلخص يفرز تفرز يدير תדיר קורא קוראת שקורא* שקוראת מטפל* שמטפל* עונה שעונה ממיין* שממיין* מסכם* שמסכם* מנהל* می_?خواند می_?خوانی بخواند بخوانی رسیدگی* خلاصه* पढ़* जवाब संभाल* পড়* উত্তর* সামল*
"""
HANDLES_UNSPACED = """
读 讀 看 阅 閱 处理 處理 回复 回覆 回信 整理 打理 管理 読 処理 返信 返事 要約 읽 처리 답장 답하 정리 요약 관리 อ่าน ตอบ จัดการ สรุป คัดแยก
"""
# … and with what.
POST = """
mails? e_?mails? mailbox inbox post letters? messages? correspondence this these
applicants? candidates? sokande* ansokning* ansoger* soknad* bewerber* document documents texts? applications? curricul* cvs? resumes? unterlagen bewerbung* dokument* candidatur* documento? postulaci* post postfach* mails* nachricht* brief* (das|dies)_hier courri* courriel* messages? lettres? boite ceci cela correo* mensaj* cartas? buzon esto correio* mensag* caixa isto posta postale lettera lettere messagg* casella questo bericht* postbus mailbox dit brev* brevlad* meddeland* postkass* indbakk* innboks* melding* besked* inkorg* poczt* skrzynk* wiadomos* posty postu schrank* zprav* dopis* sprav* level* uzenet* mesaj* scrisoar* casut* posti* viesti* viestej* kirje* μηνυμ* αλληλογραφ* εισερχ*
почт* письм* письма ящик* сообщен* пошт* лист[аиу]? повідом* скриньк* поща* пощу писм* съобщ* это это_письмо це postay* posta e_?posta* mektup* yaziy[iı] yazi metn[iı] basvuru* bunu gelen_kutu* surat* pesan* surel* kotak thu hop_thu tin_nhan barua ujumbe
بريد* البريد* رسالة الرسالة رسائل الرسائل هذه_الرسالة דואר הדואר מייל המייל מיילים המיילים מכתב* המכתב* הודע* ההודע* תיבה התיבה את_זה نامه* ایمیل* پیام* मेल ईमेल चिट्ठी चिट्ठियाँ पत्र संदेश চিঠি* মেইল* ইমেইল* বার্তা*
"""
POST_UNSPACED = """
信 邮件 郵件 邮箱 メール 手紙 受信 文面 메일 편지 메시지 서류 อีเมล เมล จดหมาย ข้อความ
"""
