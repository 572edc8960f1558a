"""What phishing says: your account, your password, your parcel, your bill; and call this number."""

CREDENTIALS = """
(mailbox|mail box|inbox|webmail|mail|e ?mail account) (storage )?(is )?(quota|full|almost full|storage (is )?(full|limit)|has exceeded|size limit)
(mail|e ?mail|webmail|cpanel|zimbra|roundcube|owa) (upgrade|verification|login|account upgrade|server upgrade|server verification)
(webmail|e ?mail|mail|cpanel|help ?desk|zimbra|security) (administrator|admin|support team|help ?desk|service desk)
(verify|confirm|validate|update|upgrade|re ?activate|re ?validate|restore|unlock|secure|recover|review|re ?confirm|authenticate|maintain|retain) (your|my|ur) ([a-z0-9]+ ){0,3}(account|accounts|identity|information|info|details|password|mailbox|e ?mail|billing|payment|profile|membership|access|card|wallet|data|device|ownership|login|credentials|activity|address)
(account|mailbox|e ?mail|access|webmail|profile|card|service|services|wallet|membership|mail) (has been|have been|was|is|will be|has|is being|are|being|is about to be|are going to be)( temporarily| permanently| been| partially| now)? (suspended|limited|restricted|locked|blocked|disabled|deactivated|closed|terminated|deleted|on hold|put on hold|flagged|compromised|frozen|blacklisted|shut down|shutdown|de activated|cancelled|canceled|inactive)
(suspend|suspended|suspension|deactivat[a-z]+|terminat[a-z]+|limit|limited|restrict|restricted|block|lock|locked|closing|closure)( of)? (your|the|this) (e ?mail |mail )?(account|access|mailbox|e ?mail|service|card|membership|profile)
(unusual|suspicious|unauthori[sz]ed|abnormal|irregular|unrecogni[sz]ed|unfamiliar|strange) (activity|activities|sign in|signin|sign ins|log ?in|login|logins|access|attempt|attempts|transaction|transactions|device|charge|usage|location|movement|connection)
(sign in|login|log in|password) (attempt|activity|detected|expir[a-z]+|from a new)
(password|passcode) (of|for|to) ([a-z0-9]+ ){1,8}(expires?|expired|expiring|will expire|is due|has expired|expiration|is set to expire)
(password|mailbox|account|e ?mail|webmail|session|certificate|licen[sc]e|storage|domain|access) (will|is about to|is set to|is due to|has|is going to|expires?|expiration|expiry|expired|expiring)( expire| expired| expiring| be| been)?( today| soon| in| on| tomorrow)?
(keep|use|continue|retain)( using)? (the )?(same|current|my) password
(keep|same|current) (same )?password
change (your )?password (now|immediately|here|below)
(exceeded|exceed|reached|exceeding|running out of|out of|used all|over) (your|its|the|of)? ?([a-z]+ )?(quota|storage|limit|space)
(increase|upgrade|add|expand|free up|get more) (your )?([a-z]+ )?(storage|quota|mailbox|space)
([0-9]+ )?(incoming|undelivered|pending|suspended|held|quarantined|blocked|unreceived|clustered|delayed|new|undeliverable|rejected|stuck|important) (incoming )?(messages?|e ?mails?|mails?)( are| were| have been| could not| on hold| pending| failed| waiting| in your| is)?
(messages?|e ?mails?|mails?) (are|were|is|have been|has been|could not be|on|placed on|that are) (pending|on hold|held|blocked|quarantined|undelivered|delivered|suspended|stuck|prevented|stopped|rejected|delayed|hold|in quarantine)
(release|retrieve|review|recover|deliver|view|allow|restore|fix|move to inbox) (your |the |all |these |pending |all pending |my )?(pending |held |quarantined |incoming |undelivered |delayed )?(messages?|mails?|e ?mails?)
(click|sign in|log ?in|login|proceed|use|follow)( on)?( to)?( the)?( link| button)?( below| here| above)?( to| and)? (verify|confirm|update|restore|activate|avoid|continue|keep|review|unlock|re ?activate|upgrade|validate|cancel|stop|secure|retrieve|release|view|access)
(failure|fail|failing|ignore|ignoring|refuse|refusal)( to)?( do so| comply| update| verify| validate| confirm| this| upgrade| respond| act)?( this| your| these)?( message| notice| email| mail| warning)?( within| will| may| would| could| can)( result| lead| cause| permanently| be)?
(will be|be) (permanently |automatically )?(deleted|deactivated|terminated|suspended|disabled|closed|blocked|lost|locked|shut ?down|de activated|removed) (within|in|from|after|permanently|if|shortly|by|immediately)?
(within|in|next|less than) (the next )?(12|24|36|48|72|two|three) ?(hours|hrs|h|days|business days|working days)
(your|the) (billing|payment|bank|card|credit card|account|personal) (information|details|method|data|info)( is| has| was| could| we| expired| needs| on)?
(payment|card|billing) (method )?(declined|failed|was declined|has been declined|was not|could not be|problem|issue|was unsuccessful|has expired|failure|on hold)
(security|fraud|account|login|sign in|important|urgent|final|last|second|action|new) (alert|warning|notice|notification|reminder|required|update|message|verification)
(action|immediate action|attention|verification|update|response|confirmation|signature|approval|authentication|re ?authentication) (is )?(required|needed|requested)
dear (valued |esteemed |our )?(customer|client|user|member|account holder|account user|account owner|webmail user|e ?mail user|e ?mail owner|cardholder|subscriber|card member|[a-z]+ user|[a-z]+ customer|[a-z]+ member|[a-z]+ client|mail user)
(shared|sent|sends|uploaded|received|has) (a|an|you|you a|you an|the|some|new|one) ([a-z]+ )?(document|documents|file|files|folder|invoice|fax|voicemail|voice message|voice mail|secure message|encrypted message|pdf|contract)( with you| to you| for you| via| using| on)?
(view|open|review|access|sign|download|preview|see) (the |your |this |shared |secure |completed |attached |full )*(document|documents|file|files|message|fax|voicemail|invoice|pdf|statement|details|contract)( online| here| below| now)?
(new|missed|1 new|one new|received a|unread|incoming) (voicemail|voice mail|voice message|fax|fax message|voice note|audio message|secure message|e ?fax)
(docusign|sharepoint|onedrive|dropbox|wetransfer|adobe sign|adobe document|e ?fax|google drive|hellosign)
(recovery|secret|seed|backup|private) (phrase|key|words|phrases)
(connect|sync|validate|verify|synchroni[sz]e|import|link|migrate) (your )?(crypto |metamask |trust |ledger |trezor )?wallet
(if you|if this|if it) (did not|didn t|was not|wasn t|have not|do not)( you)?( make| request| authori[sz]e| recogni[sz]e| initiate| attempt| place)?( this)?
(verifique|verificar|confirme|confirmar|actualice|actualizar|actualiza|valide|validar|active|activar|reactivar|restaurar|desbloquear|proteja) (su|tu|sus|tus|los|la|el) ([a-z]+ ){0,2}(cuenta|datos|informacion|identidad|correo|contrasena|acceso|tarjeta|perfil|pago|dispositivo)
(su|tu|la) (cuenta|tarjeta|correo|buzon|acceso|servicio|perfil) (ha sido|fue|sera|esta|se encuentra|ha|va a ser) (temporalmente )?(suspendid[ao]|bloquead[ao]|limitad[ao]|restringid[ao]|desactivad[ao]|cancelad[ao]|inhabilitad[ao]|llen[ao]|sido)
(actividad|acceso|inicio de sesion|movimiento|transaccion) (inusual|sospechos[ao]|no autorizad[ao]|no reconocid[ao])
(estimado|estimada|querido|apreciado|apreciada) (cliente|usuario|usuaria|clienta|beneficiario|socio|contribuyente|amigo)
(verifique|verificar|confirme|confirmar|atualize|atualizar|atualizacao|valide|validar|ative|reativar|regularize|regularizar|desbloquear|recadastr[a-z]+)( de| o| a| os| as| seu| sua| seus| suas| seu[s]?)* (conta|cadastro|dados|identidade|e ?mail|senha|acesso|cartao|cpf|pagamento|informacoes|dispositivo|situacao|pendencia|token)
(sua|seu|a sua|o seu) (conta|cartao|e ?mail|acesso|cadastro|cpf|caixa|senha|assinatura|cnh|veiculo|nome|token|dispositivo) (foi|sera|esta|esta sendo|expira|expirou|vai|encontra|podera|sera)( temporariamente| ser| se)? ?(suspens[ao]|bloquead[ao]|limitad[ao]|desativad[ao]|cancelad[ao]|inativ[ao]|expirad[ao]|chei[ao]|negativad[ao]|irregular)?
(prezado|prezada|caro|cara|ola) ?(s|a|o|as|os)? (cliente|usuario|usuaria|clientes|contribuinte|senhor|senhora|correntista|colaborador|consumidor)
(evite|evitar) (o |a |que )?(bloqueio|suspensao|cancelamento|cobranca|multa|juros|negativacao|protesto|transtornos)
(pontos|milhas) ([a-z]+ ){0,3}(expira[a-z]*|vencem|vencer|expirando|livelo|disponiveis|resgat[a-z]*)
(resgate|resgatar|resgate agora)( seus| os)? ?(pontos|milhas|beneficio|bonus)
(intimacao|mandado|notificacao (extrajudicial|judicial)|debito[s]? (em aberto|pendente)|pendencia[s]?|protesto|receita federal|detran|serasa)
(segunda|2a|2) via (do |da |de )?(boleto|fatura|conta|nota)
(boleto|fatura|nota fiscal( eletronica)?|nf ?e|comprovante|danfe) (em anexo|anexo|disponivel|vencid[ao]|em atraso|emitid[ao]|eletronic[ao]|referente|de pagamento|pendente)
(vérifiez|verifiez|confirmez|confirmer|verifier|mettre a jour|mettez a jour|actualiser|actualisez|activer|activez|reactiver|valider|validez|regulariser|securiser|debloquer|renouveler) (votre|vos|le|la|les|mon|ma) ([a-z]+ ){0,2}(compte|identite|informations|coordonnees|mot de passe|acces|carte|messagerie|donnees|dossier|espace|situation|paiement|profil|abonnement|service)
(votre|ton|vos) (compte|carte|boite|acces|abonnement|messagerie|espace|carte vitale|colis|dossier|mot de passe|service) ([a-z]+ )?(a ete|est|sera|ont ete|va etre|expire|arrive)( temporairement| definitivement)? ?(suspendu|bloque|limite|desactive|restreint|cloture|expire|en attente|sur le point|pleine|ferme|verrouille)?[e]?
(activite|connexion|transaction|operation|tentative) (inhabituelle|suspecte|non autorisee|frauduleuse)
(cher|chere|chers) (client|cliente|clients|utilisateur|abonne|membre|client e|beneficiaire|assure)
(bestatigen|aktualisieren|verifizieren|uberprufen|reaktivieren|entsperren|sichern|freischalten) (sie )?(ihr|ihre|ihren|ihres|dein|deine|das|die) ([a-z]+ ){0,2}(konto|daten|identitat|passwort|kontodaten|angaben|zugang|karte|profil|e ?mail|zahlungsdaten|zahlungsmethode|informationen|gerat)
(ihr|ihre|dein|deine|das) (konto|zugang|karte|postfach|mailbox|paket|e ?mail|bankkonto|kundenkonto|passwort|pushtan|photo ?tan|kreditkarte|abonnement|mitgliedschaft|speicher|app) (wurde|wird|ist|wurden|muss|lauft)( vorubergehend| bald| demnachst| aus)? ?(gesperrt|eingeschrankt|deaktiviert|suspendiert|geschlossen|limitiert|voll|ab|begrenzt|abgelaufen|blockiert|bestatigt|aktualisiert)?
(ungewohnliche|verdachtige|unbefugte|nicht autorisierte) (aktivitat|aktivitaten|anmeldung|zugriffe?|transaktion|transaktionen|vorgange|anmeldeversuch[e]?)
sehr geehrte(r|s)? (kunde|kundin|damen und herren|kunden|nutzer|nutzerin|mitglied|kontoinhaber|frau herr|kundinnen)
(sicherheits(uberprufung|update|hinweis|verfahren|mitteilung|system)|datenabgleich|legitimation(sprufung)?|kundendaten|kontosperrung|pushtan|phototan|tan verfahren)
(verifica|verificare|conferma|confermare|aggiorna|aggiornare|riattiva|riattivare|sblocca|convalida|attivare|attiva) (il|la|i|le|tuo|tua|suo|sua|tuoi|suoi) ([a-z]+ ){0,2}(account|conto|dati|identita|informazioni|password|accesso|carta|profilo|dispositivo|utenza|app|pagamento)
(tuo|suo|il) ([a-z]+ )?(account|conto|accesso|pacco|profilo|utenza|carta) (e stato|sara|verra|e|risulta|sta) (temporaneamente )?(sospes[oa]|bloccat[oa]|limitat[oa]|disattivat[oa]|in attesa|scadut[oa]|per scadere)
(gentile|egregio|caro|spettabile) (cliente|utente|cliente e|correntista|contribuente|titolare)
(uw|je) (account|rekening|pakket|mailbox|wachtwoord|bankpas|kaart|digid|toegang|abonnement) (is|wordt|werd|verloopt|moet|zal) ?(geblokkeerd|opgeschort|beperkt|verlopen|vol|gedeactiveerd|tijdelijk|worden|bevestigd|bijgewerkt)?
(geachte|beste) (klant|heer mevrouw|heer|gebruiker|relatie|clien)
(zweryfikuj|potwierdz|zaktualizuj|aktywuj|odblokuj) (swoje|swoj|swoja|konto|dane|tozsamosc|haslo|karte|dostep|platnosc)
(twoje|panstwa) (konto|haslo|paczka|przesylka|skrzynka|karta) (zostalo|zostala|zostanie|zostal|jest|wygasa|wymaga)
(szanowny|szanowna|drogi) (kliencie|uzytkowniku|panie|pani|klientko|beneficjencie)
(подтверд[а-я]*|обнов[а-я]*|провер[а-я]*|восстанов[а-я]*) (ваш[а-я]*|свои?|свой|данные|вашу) ?(аккаунт|учетн[а-я]+|данные|почт[а-я]+|пароль|личность|карту|запись)?
(ваш[а-я]*|ваша) (аккаунт|учетная запись|почта|почтовый ящик|карта|пароль|ящик) (был|была|будет|заблокирован[а-я]*|приостановлен[а-я]*|переполнен|истек[а-я]*|временно)
уважаем[а-я]+ (клиент|пользователь|клиенты|абонент|пользователи)
(hesabiniz|hesabinizi|sifreniz|kartiniz|kargonuz|parolaniz) ([a-z]+ ){0,2}(askiya|dogrulayin|onaylayin|guncelleyin|engellendi|kapatilacak|bloke|dolmak|suresi)
(sayin|degerli) (musterimiz|kullanici|uyemiz|kullanicimiz)
(akun|rekening|email) anda ([a-z]+ ){0,2}(diblokir|ditangguhkan|dibatasi|verifikasi|dinonaktifkan)
(xac minh|cap nhat|xac nhan) (tai khoan|thong tin|mat khau)
(尊敬的|亲爱的) ?(用户|客户|会员|先生|员工|同事)
(邮箱|账户|账号|帐号|帐户|密码|邮件系统|邮局) ?(异常|升级|备案|停用|过期|到期|即将|已满|容量|验证|认证|将被|冻结|迁移|安全)
(立即|马上|点击|尽快|及时) ?(验证|备案|升级|登录|处理|激活|更新|认证|查看|确认|领取)
(系统管理员|邮件管理员|邮箱管理员|信息中心|网络中心|邮件系统|异地登录|离职|补贴|津贴|个税|社保|工资)
(お客様|お使い|ご利用|あなた)の ?(アカウント|カード|口座|ご利用|パスワード|メール)
(アカウント|カード|お支払い|支払い|口座|会員|個人|お客様)(の|が|は|を|に)? ?(情報|利用|確認|更新|停止|制限|ロック|異常|不正|方法|認証|一時|凍結|閉鎖)
(本人確認|不正利用|不正アクセス|異常な?(ログイン|アクセス|取引)|第三者|利用制限|ご利用確認|一時的に(制限|停止)|再開|緊急|重要なお知らせ|最終警告|お支払い方法|自動退会|ご請求|引き落とし|未納|滞納)
(下記|以下)の?(リンク|url|ボタン|サイト|ページ)(から|を|より|に|へ)
(계정|비밀번호|메일함|결제|카드)[가-힣]* (정지|확인|인증|만료|업데이트|제한|차단|변경)[가-힣]*
(تأكيد|تحديث|التحقق) (حسابك|بياناتك|معلوماتك)
(تم )?(تعليق|إيقاف|تقييد) حسابك
"""

DELIVERY = """
(your|the|a) (package|parcel|shipment|delivery|order|item|consignment|packages) (is|has|was|could|cannot|will|has been|could not|is being|can not|couldn t|are)( been| be| not been)? (waiting|on hold|held|delivered|pending|stopped|suspended|arrived|undelivered|not delivered|returned|delayed|blocked|detained|ready|stuck|unable|awaiting|at)
(package|parcel|shipment|delivery) (delivery )?(notification|notice|failed|failure|attempt|problem|pending|suspended|on hold|issue|exception|alert|attempted|awaiting|unsuccessful|information|rescheduled)
(unable|failed|couldn t|could not|attempted|tried|attempt) (to deliver|deliver|delivery)
(delivery|shipping|customs|import|shipment|redelivery|handling) (fee|fees|charge|charges|cost|duty|duties|payment|address|costs)
(reschedule|confirm|schedule|complete|arrange) (your |the |my )?(delivery|shipment|address|package|shipping)
(incomplete|incorrect|wrong|invalid|missing|unclear) (delivery |shipping |postal |street )?(address|zip|postal code|house number)
(dhl|fedex|ups|usps|royal mail|dpd|hermes|evri|gls|correos|chronopost|la poste|colissimo|mondial relay|deutsche post|postnl|poste italiane|canada post|australia post|an post|swiss post|aramex|tnt|ems|correios|bpost|inpost|poczta polska|japan post|china post|singpost|yamato|sagawa)
(su|tu|el) (paquete|envio|pedido) (esta|ha|no|fue|se|sera)
(votre|un|le) (colis|livraison|paquet|commande) (est|a|n a|sera|en|ne|n)
(ihr|ihre|dein|das) (paket|sendung|lieferung|bestellung) (ist|wurde|konnte|wartet|kann|wird|liegt|befindet)
(seu|sua|o seu|a sua) (pacote|encomenda|entrega|pedido|objeto) (esta|foi|nao|sera|aguarda|retid[ao])
(tuo|suo|il) (pacco|spedizione|ordine|consegna) (e|non|in|sara|sta)
(uw|je) (pakket|zending|bestelling) (is|kan|wordt|staat|kon)
(twoja|twoj) (paczka|przesylka|zamowienie)
(ваша|ваш|вашу) (посылк[а-я]+|заказ|отправлени[а-я]+)
(frais|cout) (de )?(livraison|douane|port|expedition)
(gastos|costes|tasa|tasas|arancel|pago) (de )?(envio|aduana|aduanas|entrega)
(taxa|tarifa|imposto) (de )?(entrega|importacao|alfandega|alfandegaria|envio)
(versandkosten|zollgebuhr|zollgebuhren|lieferadresse|sendungsnummer|versandgebuhr)
"""

INVOICE = """
(please |kindly )(find|see|check|review|confirm|open) (the |our |below )?(attached|enclosed) (file|invoice|po|purchase order|order|document|quotation|payment|receipt|statement|copy|list|proforma|swift)
(attached|enclosed) (herewith|is our|is the|is your|is a copy|please find)
(please )?(find|see|kindly find|check|review|refer to|view|open)( the| our| attached| enclosed| below)* (attached|enclosed|attachment|invoice|statement|quotation|order|payment|document)
(invoice|payment|remittance|order|purchase order|po|rfq|quotation|wire|transfer|swift|tt|bank|deposit|ach) (advice|copy|attached|confirmation|slip|details|receipt|document|notification|processed|reference|no|number|due|overdue|reminder|statement|list|request)
(outstanding|overdue|unpaid|due|past due|pending|proforma|commercial|final) (invoice|invoices|payment|balance|bill|statement|amount)
(proof of payment|swift copy|payment slip|bank slip|bank details|banking details|tt copy)
(new|purchase|trial|sample|urgent) (order|inquiry|enquiry|orders|purchase)
(request for|send|give|provide|need|submit)( us| me)?( your)?( a| the)?( best| latest| formal)? (quotation|quote|price|prices|proforma|pricelist|price list|catalogue|catalog|product list)
(kindly|please) (quote|confirm|revert|advise|process|provide|send us)( us| your| the| receipt)?
(factura|facturas|recibo|comprobante|cotizacion|presupuesto|orden de compra|pago) (adjunt[ao]|pendiente|vencid[ao]|electronic[ao]|de pago|de transferencia)
(adjunto|anexo|en anexo|em anexo|ci joint|anbei|im anhang|in allegato|in bijlage|w zalaczniku|во вложении|в приложении|添付|附件)
(facture|factures|devis|bon de commande|rechnung|rechnungen|mahnung|zahlungserinnerung|auftrag|fattura|fatture|preventivo|bonifico|factuur|faktura|фактур[а-я]*|счет|накладн[а-я]*|请款|报价|询价|订单|发票|合同|対账单|見積|請求書)
"""

CALLBACK = """
(call|contact|reach|dial|speak to|speak with) (us |our |out )*(customer |toll free |help ?line |support |billing |cancellation |care )+(team |desk |number |department |service )*(at|on|now|immediately|to cancel|to stop|to dispute)
if (you )?(did not|didn t|have not|haven t) (make|authori[sz]e|place|recogni[sz]e) this (purchase|order|transaction|payment|charge|renewal)
(your|the) (subscription|membership|plan|order|annual plan|auto ?renewal|renewal|service|license|protection) (has been|is|will be|was|is going to be|of|for) (renewed|auto ?renewed|charged|activated|placed|completed|successfully|due|automatically|confirmed|upgraded|processed|expired|expiring)
(auto ?renew|auto ?renewal|auto ?debit|auto ?debited|automatically renewed|renewal (of|invoice|notice|charge|confirmation|receipt|date|price|amount))
(charged|debited|deducted|billed|withdrawn|charge)( you)?( from| to| on| for| of| with| usd| an amount)( the| your| a| usd)?( amount| account| card| bank| credit| sum)?
(norton|mcafee|geek squad|best buy|lifelock|avast|kaspersky|windows defender|microsoft defender|nortonlifelock|quickbooks|coinbase|paypal|360 protection|geek total|bitdefender|webroot)
(call|contact|reach|dial|phone|speak to|speak with)( us| our| out)?( at| on| now| to| customer| support| toll free| helpline| team| directly| the| service| care| immediately| billing| cancellation| desk| number)+
(toll ?free|help ?line|customer (care|service|support|helpdesk|help desk) (number|desk|team|at|department|no)?)
(cancel|cancellation|refund|dispute|stop|upgrade|deny)( of)?( this| the| your| or| a)* (order|subscription|membership|charge|charges|transaction|payment|renewal|purchase|request|department|auto|plan|refund)
(within|next) (the )?(next )?(24|48|12) (hours|hrs)
"""
