//! Hosts that very many firms share, so that to share one says nothing: providers of mailboxes,
//! and platforms on which firms have a page. To add one: one word.

/// Providers of mailboxes. A name before the dot alone stands for every ending: `yahoo` for
/// `yahoo.com` and `yahoo.co.uk`.
pub(super) const MAIL: &str = "
gmail, googlemail, outlook, hotmail, live, msn, yahoo, ymail, rocketmail, aol, icloud, me.com,
mac.com, proton.me, protonmail, pm.me, tutanota, tuta.io, zoho, zohomail, gmx, web.de, t-online.de,
freenet.de, arcor.de, posteo.de, mailbox.org, mail.com, email.com, fastmail, hushmail, hey.com,
yandex, ya.ru, mail.ru, bk.ru, list.ru, inbox.ru, rambler.ru, inbox.lv, ukr.net, i.ua, meta.ua,
mail.kz, abv.bg, mail.bg, seznam.cz, email.cz, centrum.cz, post.cz, azet.sk, zoznam.sk, centrum.sk,
wp.pl, o2.pl, onet.pl, onet.eu, op.pl, interia.pl, poczta.fm, gazeta.pl, freemail.hu, citromail.hu,
libero.it, virgilio.it, tiscali.it, alice.it, tin.it, orange.fr, wanadoo.fr, free.fr, laposte.net,
sfr.fr, neuf.fr, bluewin.ch, telenet.be, skynet.be, ziggo.nl, kpnmail.nl, planet.nl, hetnet.nl,
telia.com, online.no, telefonica.net, terra.com.br, uol.com.br, bol.com.br, ig.com.br, sapo.pt,
btinternet.com, sky.com, virginmedia.com, ntlworld.com, talktalk.net, comcast.net, verizon.net,
att.net, sbcglobal.net, cox.net, charter.net, bellsouth.net, earthlink.net, shaw.ca, rogers.com,
sympatico.ca, bigpond.com, optusnet.com.au, xtra.co.nz, qq.com, foxmail.com, vip.qq.com, 163.com,
163.net, 126.com, yeah.net, sina.com, sina.cn, sina.com.cn, sohu.com, tom.com, 21cn.com, 139.com,
189.cn, wo.cn, aliyun.com, alibaba.com, 263.net, china.com, eyou.com, hinet.net, pchome.com.tw,
seed.net.tw, netvigator.com, hkstar.com, naver.com, hanmail.net, daum.net, nate.com, kakao.com,
docomo.ne.jp, ezweb.ne.jp, nifty.com, biglobe.ne.jp, rediffmail.com, indiatimes.com, sify.com,
vsnl.com, vsnl.net, emirates.net.ae, eim.ae, batelco.com.bh, mynet.com, superonline.com, ttmail.com,
walla.co.il, walla.com, netvision.net.il, maktoob.com, ymail.ne.jp, singnet.com.sg, pacific.net.sg,
tm.net.my, streamyx.com, inode.at, aon.at, chello.at, a1.net, otenet.gr, hotmail.gr, spamcop.net
";

/// Platforms on which firms have a page.
pub(super) const PAGES: &str = "
alibaba.com, 1688.com, made-in-china.com, globalsources.com, hktdc.com, dhgate.com, aliexpress.com,
taobao.com, tmall.com, jd.com, indiamart.com, tradeindia.com, exportersindia.com, ec21.com,
tradekey.com, europages.com, europages.de, europages.co.uk, thomasnet.com, kompass.com, amazon.com,
ebay.com, ebay.de, etsy.com, facebook.com, instagram.com, linkedin.com, twitter.com, x.com,
youtube.com, tiktok.com, pinterest.com, vk.com, weibo.com, wa.me, t.me, linktr.ee, google.com,
business.site, sites.google.com, wordpress.com, blogspot.com, wixsite.com, weebly.com, jimdo.com,
jimdosite.com, webnode.com, shopify.com, myshopify.com, github.io, blogger.com, tumblr.com
";
