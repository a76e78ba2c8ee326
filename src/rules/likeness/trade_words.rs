//! Words that very many firms bear: what they trade in, and what says nothing. They count little;
//! words of one line mean the same in the languages of the trade. To add a word: into its line,
//! or a new line.
//!
//! Chinese words in simplified characters. `wujin` and the like are how they are exported.

/// What a firm does; the first word stands for its line.
pub(super) const TRADES: &str = "
trading, trade, traders, trader, tradings, import, imports, importer, importers, export, exports, exporter, exporters, commerce, commercial, comercial, comercio, comercializadora, commerciale, commercio, handel, handels, handelsgesellschaft, handelsges, handelshaus, handelsbedrijf, grosshandel, aussenhandel, importacion, importaciones, exportacion, exportaciones, importacao, exportacao, importadora, exportadora, importexport, tic, negoce, ticaret, trgovina, torg, torgovlya, torgovyi, wholesale, wholesalers, distribution, distributors, distributor, distribuidora, distribuzione, vertrieb, vertriebs, merchants, merchandise, mercantile, perdagangan, niaga, للتجاره, التجاريه, تجاره, للاستيراد, والتصدير, للاستيراد والتصدير, 贸易, 商贸, 国际贸易, 对外贸易, 外贸, 进出口, 进出口贸易, 经贸, 工贸, 贸易行, 物资, maoyi, shangmao, jinchukou, gongmao, 商事, 物产, 무역, 상사
hardware, ferreteria, ferragens, ferramenta, quincaillerie, eisenwaren, wujin, 五金, 五金制品, 五金工具, tools, tool, tooling, werkzeug, werkzeuge, outillage, herramientas, utensili, instrument, instrumenty, narzedzia, 工具, gongju
machinery, machine, machines, maschinen, maschinenbau, macchine, maquinaria, maquinas, makine, makina, makinalari, engineering, engineers, engineer, eng, engg, ingenieria, engenharia, ingenierie, mechanical, mechanics, meccanica, mecanique, mekanik, mechanik, mashinostroenie, للمعدات, equipment, equipments, equipos, equipamentos, 机械, 机械设备, 机械制造, 机电, 机电设备, 设备, 精机, jixie, shebei, jidian, 기계
electronics, electronic, elektronik, electronica, elettronica, electronique, elektronika, 电子, 电子科技, 电子产品, dianzi, 전자, 电机
electric, electrical, electricals, elektro, elektrik, elektrotechnik, appliance, appliances, electrico, electrica, elettrica, electrique, 电气, 电器, 家电, dianqi
lighting, lights, leuchten, beleuchtung, eclairage, iluminacion, iluminacao, illuminazione, للاضاءه, 照明, 灯饰, 灯具, 照明电器, zhaoming
furniture, mobel, moebel, mebel, mebli, meble, meubles, muebles, mobili, moveis, mobilya, للاثاث, 家具, 家居, jiaju
packaging, packing, verpackung, verpackungen, emballage, emballages, embalagens, embalajes, imballaggi, upakovka, ambalaj, للتغليف, 包装, baozhuang
plastics, plastic, kunststoff, kunststoffe, plastik, plastiques, plasticos, 塑料, 塑胶, 塑料制品, suliao, sujiao
textiles, textile, textil, tessile, tekstil, fabrics, 纺织, 纺织品, fangzhi
garments, garment, clothing, apparel, fashion, fashions, bekleidung, 服装, 服饰, 制衣, fuzhuang, fushi
hydraulics, hydraulic, hydraulik, hidraulica, hydraulique, idraulica, gidravlika, 液压, yeya
pumps, pump, pumpen, pompes, bombas, pompe, nasosy, 泵业, 水泵
fasteners, fastener, fixings, krepezh, screws, schrauben, 紧固件
auto, automotive, autoparts, automobile, 汽车, 汽车配件, 汽配, qiche, qipei
construction, constructions, bau, building, builders, construcciones, construcoes, costruzioni, insaat, 建筑, 建设, 建材, jianzhu, jiancai
chemicals, chemical, chemie, chimica, quimica, chimie, kimya, 化工, 化学, huagong
logistics, logistic, logistik, logistica, logistique, lojistik, 物流, wuliu
shipping, spedition, forwarding, freight, cargo, transport, transports, transporte, trasporti, 货运, 货代, huoyun, 运输
foods, food, lebensmittel, alimentos, alimentari, gida, 食品, shipin
medical, medizintechnik, medica, pharma, pharmaceutical, pharmaceuticals, 医疗, 医药, 医疗器械
toys, toy, spielwaren, juguetes, brinquedos, giocattoli, 玩具, wanju
metals, metal, metall, metalli, metales, metais, steel, stahl, acier, aceros, acciai, celik, 金属, 金属制品, 钢铁, jinshu, gangtie
glass, glas, vidrio, vidro, verre, vetro, cam, 玻璃, boli
ceramics, ceramic, keramik, ceramica, 陶瓷, taoci
sanitary, sanitar, bathroom, 卫浴, 洁具, weiyu
printing, druck, druckerei, imprimerie, grafica, 印刷, yinshua
technology, technologies, tech, technik, technics, technical, tecnologia, tecnologias, technologie, teknik, teknoloji, tekhnologii, 科技, 技术, keji, jishu
industry, industries, industrial, industrie, industria, industrias, ind, sanayi, san, 实业, 工业, shiye, gongye, 산업, 产业, 工业用品
manufacturing, manufacturers, manufacturer, manufacture, mfg, mfrs, fabrik, fabryka, fabrica, fabbrica, fabrique, factory, works, werke, werk, zavod, 制造, 生产, zhizao, 工厂, gongchang
services, service, servicios, servicos, servizi, dienst, dienstleistungen, hizmetleri, 服务, fuwu
solutions, systems, system, systeme, sistemas, sistemi, 系统
supplies, supply, suppliers, supplier, suministros, 供应链, 供应
agency, agencies, agents, agentur, agencia, agence, agenzia, 代理
consulting, consultants, consultancy, beratung, 咨询, zixun
brothers, bros, hermanos, hnos, freres, fratelli, flli, gebruder, gebr, irmaos, kardesler, bracia, afoi, αφοι
sons, son, sohne, fils, hijos, figli, filhos, ogullari, synowie
associates, partners, partner, partnership
garden, home, haus, 家庭, 园艺
energy, energie, energia, enerji, 能源, nengyuan, solar
agriculture, agro, agri, agrar, 农业, nongye
paper, papier, papel, carta, 纸业, zhiye
shoes, footwear, schuhe, calzado, calcados, calzature, chaussures, 鞋业, xieye
crafts, handicrafts, gifts, 工艺品, 礼品, gongyipin
daily, 日用品, 百货, baihuo, riyong
rubber, gummi, caucho, borracha, gomma, 橡胶, xiangjiao
timber, wood, holz, madera, madeiras, legno, bois, 木业, 木材, muye
stores, store, shop, market, markets, supermarket
";

/// Words that tell firms apart least of all.
pub(super) const FILLERS: &str = "
international, intl, internacional, internazionale, internationale, internationaler, uluslararasi, mezhdunarodnyi, 国际, guoji
general, gen, generale, allgemeine, العامه, 综合
global, worldwide, 全球, 环球
world, welt, mondo, 世界
universal, 万国
zone, free, ftz, 保税区
saint, st, sankt
products, product, produkte, productos, produtos, prodotti, goods, 制品, 产品, 用品, zhipin
enterprise, enterprises, entreprise, empresa, unternehmen, unternehmung, ventures, business
development, developments, 发展, fazhan, 开发
new, neue, nueva, nuova, nouvelle, 新
office, branch, headquarters, hq, 办事处
";

/// Words that only join others.
pub(super) const JOINING: &str = "
and, und, et, y, e, en, og, och, ja, ve, oraz, i, the, of, de, del, della, di, da, do, dos, du, des,
der, die, das, la, le, les, el, los, las, for, fur, per, para, pour, voor, with, mit, at, in, و, 之,
の, 和, 与
";
