"""Parts of what somebody says who pretends to be the owner, writing from elsewhere than usual."""

# That he does not write as he does else.
ELSEWHERE = r"""
(it s|this is|i m|i am|am) ?([a-z]+ )?(writing|mailing|texting|using|messaging) (to you )?(this )?(from|on|with) (my|a|the|an)( [a-z]+){0,3} (address|account|phone|number|e ?mail|mobile|laptop|computer)
(from|on|with|using) (my|a|an)( friend s| colleague s| husband s| wife s| sister s)? (private|personal|other|second|new|different|borrowed|spare|old|home|temporary) (e ?mail |mail )?(address|account|phone|number|mobile|laptop)
(my|the) ([a-z]+ )?(phone|mobile|handset|laptop|account|work account|office account) (is|was|has been|has|got|have|have been|just)? ?(died|dead|broken|broke|stolen|lost|locked|blocked|drowned|gone|hacked|been stolen|been locked|not working)
(lost|locked out of|cannot get into|can t get into|have no access to) my ([a-z]+ )?(phone|mobile|handset|laptop|account|mailbox|mail)
(von|mit|uber) (meiner|meinem|einem|einer|dem)( [a-z]+)? (privaten|private[mr]?|anderen|fremden|neuen|zweiten)( e ?mail)? ?(adresse|handy|telefon|konto|nummer|mailadresse|rechner|laptop)
(mein|das)( dienst| firmen| arbeits)? ?(handy|diensthandy|telefon|laptop|konto) (ist|wurde|habe|hat)( mir)? ?(kaputt|gestohlen|weg|gesperrt|verloren|geklaut|leer|tot)
(handy|diensthandy|telefon|laptop) (verloren|gestohlen|geklaut|kaputt|gesperrt)
(depuis|de|avec) (mon|une|un|l)( [a-z]+)? ?(adresse|telephone|portable|compte|mail|numero) (personnel(le)?|prive[e]?|perso|autre|d un ami|d une amie|emprunte|provisoire)
(mon|le) (telephone|portable|mobile|ordinateur|compte)( professionnel| pro)? (est|a ete|s est) (casse|vole|mort|bloque|perdu|en panne|tombe)
(j ai perdu|on m a vole) mon (telephone|portable|ordinateur)
(desde|de) (mi|un|otro|el)( [a-z]+)? ?(correo|telefono|movil|numero|cuenta|direccion|celular) (personal|privado|privada|prestado|particular|nuevo|de un amigo|de una amiga)
(me han robado|he perdido|perdi|me robaron|se me ha roto|se me rompio) (el|mi) (movil|telefono|celular|ordenador|portatil)
(do|de|pelo|num|com o) (meu|um|outro)( [a-z]+)? ?(e ?mail|telefone|telemovel|celular|numero|endereco) (pessoal|particular|emprestado|novo|de um amigo|de uma amiga)
(perdi|roubaram me|me roubaram|roubaram|avariou|quebrou)( o)?( meu)? (o telemovel|telemovel|celular|telefone|portatil)
(dal|dalla|da un|da una|con il)( mi[oa])? ?(indirizzo|telefono|cellulare|account|casella|numero) (privat[oa]|personale|di un amic[oa]|nuov[oa]|provvisori[oa])
(mi hanno rubato|ho perso|si e rotto) (il|mio|il mio) (telefono|cellulare|portatile)
(vanaf|met|via) (mijn|een|het)( [a-z]+)? ?(prive|privemail|prive ?adres|andere telefoon|nieuwe nummer|toestel van|telefoon van)
(mijn|de) (telefoon|werktelefoon|laptop|account) (is|werd) (kapot|gestolen|kwijt|stuk|geblokkeerd)
(fran|fra|med) (min|mitt|mit|en|et)( [a-z]+)? ?(privata?|private?|andra|annan|nya|ny|lanad|lant|vens|kompis)( [a-z]+)? ?(adress|adresse|mejl|mail|telefon|mobil|konto|nummer)
(min|mobilen|telefonen|jobbmobilen|arbetsmobilen)( mobil| telefon)? (ar|er|blev|har blitt|ble) (trasig|stulen|stjalet|odelagt|i stykker|borta|vaek|last|sparret)
(z|ze|mojego|prywatnego)( [a-z]+)? ?(prywatnego|innego|pozyczonego|nowego|czyjegos)( [a-z]+)? ?(adresu|telefonu|numeru|konta|maila)
(ukradli mi|zgubilam|zgubilem|zepsul mi sie|padl mi) (telefon|komorke|sluzbowy telefon|laptop)
(ze|z) (sve|soukrome|jine|ciziho|sukromneho|ineho)( [a-z]+)? ?(soukrome )?(adresy|telefonu|cisla|mailu|uctu)
(ukradli mi|ztratila jsem|ztratil jsem) (mobil|telefon)
(c|с|со)( [а-я]+){0,2} (чужого|личного|другого|нового|домашнего|временного)( [а-я]+)? ?(телефона|номера|адреса|ящика|почты|компьютера)
(телефон|мобильный|ноутбук|рабочий телефон) (украли|потерял[а]?|потерян|сломался|разбился|умер|заблокирован[а]?)
(потерял[а]?|украли|разбил[а]?) (рабочий )?(телефон|мобильный|ноутбук)
(з)( [а-яії]+){0,2} (чужого|особистого|іншого|нового)( [а-яії]+)? ?(телефону|номера|адреси|скриньки|пошти)
(telefonum|is telefonum|cep telefonum|hesabim) (calindi|kayboldu|bozuldu|kirildi|kilitlendi)
(ozel|baska|yeni|kisisel|arkadasimin) (adresimden|telefonumdan|numaradan|telefondan|hesabimdan|e ?postamdan|telefonundan) yaziyorum
(個人の|私用の|別の|友人の|家族の|新しい)(端末|携帯|スマホ|アドレス|メール|電話|番号)から|(携帯|スマホ|電話|端末)を(なくし|紛失|落とし|盗まれ|壊し)
(用|从|從|換了)(我的)?(私人|个人|個人|朋友的|别人的|別人的|新的?)(邮箱|郵箱|手机|手機|号码|號碼|信箱|电话|電話)|(手机|手機|电话|電話)(丢了|丟了|掉了|被偷|坏了|壞了|没电)
(개인|다른|친구|새|임시) ?(메일|휴대폰|전화|번호|주소|계정)(로|에서|으로)|(휴대폰|전화기|업무폰|핸드폰)(을|이|를)? ?(잃어버|분실|도난|고장)
"""
# That he cannot be asked.
UNREACHABLE = r"""
(do not|don t|please don t|no need to|never|not)( [a-z]+){0,2} (call|ring|phone|write|mail|reply|contact|text|message)( [a-z]+){0,3} (me|my|anyone|anybody|office|work|usual|old|the number)
(can t|cannot|won t be able to|not able to|unable to) (talk|speak|take calls|answer the phone|be reached|read it|pick up|check it|call)
(nicht|bitte nicht|nicht erst)( [a-z]+){0,3} (anrufen|zuruckrufen|nachfragen|schreiben|kontaktieren|melden)
(ruf|ruft|rufen sie|schreib|schreibt|schreiben sie)( [a-z]+){0,4} (nicht|niemand(en)?|keinen)
(ne|n)( m)? ?(appelez|appelle|telephonez|telephone|ecrivez|ecris|repondez|rappelez|rappelle|prevenez|prevenir)( [a-z]+)? ?(pas|personne|surtout pas)
(inutile de|pas la peine de|je ne peux pas) (m appeler|rappeler|telephoner|repondre|parler)
(no)( me)? (llames?|escribas?|llamen|llame|contestes?|avises?|contactes?)( [a-z]+)?
(no puedo|no podre) (hablar|contestar|atender|responder)
(nao)( me)? (ligue[s]?|liguem|escreva[s]?|telefone[s]?|responda[s]?|contacte[s]?|avise[s]?)
(nao posso|nao consigo) (falar|atender|responder)
(non)( mi)? (chiamare|chiamarmi|chiamate|scrivere|scrivermi|telefonare|telefonarmi|rispondere|avvisare)
(non posso) (parlare|rispondere)
(bel|schrijf|mail|app)( me| mij)?( [a-z]+){0,3} (niet|niemand)
(niet|geen)( [a-z]+)? (bellen|terugbellen|schrijven)
(ring|ringa|skriv|skriva|kontakta|kontakt)( [a-z]+)? (inte|ikke|ikkje)( [a-z]+)?
(nie)( [a-z]+)? (dzwon|dzwoncie|pisz|piszcie|oddzwaniaj|odpisuj|kontaktuj)( [a-z]+)?
(nevolej|nevolejte|nepis|nepiste|nevolaj|nekontaktuj)( [a-z]+)?
(не)( [а-я]+)? (звони|звоните|пиши|пишите|перезванивай|перезванивайте|связывайся|отвечай)( [а-я]+)?
(ничего|никому) не (пиши|пишите|говори|говорите|сообщай)
(не)( [а-яії]+)? (дзвони|дзвоніть|пиши|пишіть|телефонуй|телефонуйте)
(aramayin|arama|aramana gerek yok|telefon etme|yazma|beni arama|geri arama)
(確認の)?(電話|連絡|折り返し)(は|を)?(いりません|不要|しないで|結構|できません)|(別|別的|其他人)|(不要|不用|不必|别|別|勿)(打电话|打電話|给我打|回电|回電|联系|聯絡|再问|回我原来|打我)
(전화|연락|회신|확인)(는|은|할)? ?(하지 ?마|하지 ?말|필요 ?없|안 ?돼|못 ?받|불가)
"""
# What he wants.
PAPERS = r"""
(passports?|identity cards?|id cards?|driving licen[cs]e|payslips?|bank statements?|bank details|account number|contracts?|invoices?|codes?|passwords?|card number|certificates?|tax returns?|scan of)
(reisepass[a-z]*|personalausweis[a-z]*|ausweis[a-z]*|gehaltsabrechnung[a-z]*|kontoausz[a-z]*|vertrag[a-z]*|rechnung[a-z]*|zugangsdaten|passwort[a-z]*|code[s]?|kontonummer)
(passeports?|carte d identite|fiches? de paie|releves?( de compte| bancaires?)?|rib|contrats?|factures?|mot de passe|mots de passe|codes?)
(dni|pasaporte|nomina[s]?|contrato[s]?|factura[s]?|contrasena[s]?|codigo[s]?|extracto[s]?|numero de cuenta|cartao|passaporte|recibo[s]?|fatura[s]?|senha[s]?|cartao de cidadao|cpf|rg|extrato[s]?)
(passaporto|carta d identita|busta paga|estratt[oi] conto|contratt[oi]|fattur[ae]|password|codic[ei])
(paspoort|identiteitsbewijs|loonstrook|rekeningafschrift|contract|factuur|wachtwoord|code[s]?|pass|lonebesked|lonnsslipp|kontrakt|faktura|losenord|passord|adgangskode|kontoutdrag)
(paszport[a-z]*|dowod[a-z]*( osobist[a-z]*)?|umow[a-z]*|faktur[a-z]*|hasl[a-z]*|kod[a-z]*|wyciag[a-z]*|smlouv[a-z]*|obcank[a-z]*|hesl[a-z]*|vypis[a-z]*|pas[u]?)
(паспорт[а-я]*|снилс|инн|договор[а-я]*|счет[а-я]*|парол[а-я]*|код[а-я]{0,2}|выписк[а-я]*|справк[а-я]*|договір|договор[а-яії]*|рахун[а-яії]*)
(pasaport[a-z]*|kimlik[a-z]*|sozlesme[a-z]*|fatura[a-z]*|sifre[a-z]*|kod[a-z]{0,3}|ekstre[a-z]*|maas bordro[a-z]*)
(请求書|請求書|契約書|通帳|パスポート|免許証|給与明細|暗証番号|パスワード|コード|身分証|护照|護照|身份证|身分證|合同|合約|发票|發票|密码|密碼|验证码|驗證碼|流水|여권|신분증|계약서|청구서|통장|비밀번호|인증번호|급여명세)
"""
