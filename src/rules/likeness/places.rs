//! Towns and provinces that stand in firms' names. They count little, but two different ones are two
//! firms. A town that is not here counts as any other word. To add one: one word.

/// In Latin letters.
pub(super) const LATIN: &str = "
beijing, shanghai, tianjin, chongqing, guangzhou, shenzhen, dongguan, foshan, zhongshan, zhuhai,
huizhou, jiangmen, shantou, chaozhou, jieyang, zhanjiang, ningbo, hangzhou, wenzhou, yiwu, jinhua,
taizhou, shaoxing, jiaxing, huzhou, quzhou, zhoushan, lishui, yongkang, cixi, yuyao, suzhou, nanjing,
wuxi, changzhou, nantong, xuzhou, yangzhou, zhenjiang, yancheng, kunshan, zhangjiagang, jiangyin,
qingdao, jinan, yantai, weifang, linyi, zibo, weihai, xiamen, fuzhou, quanzhou, zhangzhou, putian,
jinjiang, hefei, wuhu, wuhan, changsha, nanchang, zhengzhou, luoyang, shijiazhuang, baoding,
cangzhou, hebei, tangshan, taiyuan, xian, chengdu, kunming, guiyang, nanning, haikou, shenyang,
dalian, changchun, harbin, lanzhou, urumqi, hohhot, yinchuan, xining, lhasa, zhejiang, jiangsu,
guangdong, shandong, fujian, hubei, hunan, henan, anhui, sichuan, jiangxi, liaoning, shanxi, shaanxi,
guangxi, yunnan, guizhou, hainan, china, zhongguo, hongkong, xianggang, macau, macao, taiwan, taipei,
taibei, kaohsiung, taichung, tainan,
dubai, sharjah, abudhabi, riyadh, jeddah, dammam, doha, kuwait, muscat, manama, amman, beirut, cairo,
alexandria, casablanca, tunis, algiers, lagos, accra, nairobi, mombasa, durban, johannesburg,
capetown, istanbul, izmir, ankara, bursa, telaviv, haifa, tehran, karachi, lahore, mumbai, delhi,
chennai, kolkata, bangalore, pune, ahmedabad, dhaka, colombo, bangkok, hanoi, saigon, jakarta,
surabaya, singapore, manila, cebu, tokyo, osaka, nagoya, seoul, busan, sydney, melbourne, brisbane,
perth, auckland, london, manchester, birmingham, glasgow, leeds, dublin, paris, lyon, marseille,
lille, bordeaux, toulouse, nantes, berlin, hamburg, munchen, munich, koln, cologne, frankfurt,
stuttgart, dusseldorf, leipzig, dresden, bremen, hannover, nurnberg, wien, vienna, linz, graz,
zurich, basel, geneva, bern, milano, milan, roma, rome, torino, turin, napoli, bologna, brescia,
verona, madrid, barcelona, valencia, sevilla, bilbao, lisboa, lisbon, porto, amsterdam, rotterdam,
antwerp, antwerpen, brussels, stockholm, goteborg, malmo, oslo, bergen, kobenhavn, copenhagen,
helsinki, tampere, tallinn, riga, vilnius, warszawa, warsaw, krakow, lodz, gdansk, poznan, wroclaw,
praha, prague, brno, bratislava, budapest, bucuresti, bucharest, sofia, plovdiv, varna, athens,
beograd, zagreb, ljubljana, moskva, moscow, petersburg, kazan, ekaterinburg,
novosibirsk, kiev, kyiv, odessa, kharkiv, minsk, almaty, astana, tashkent, tbilisi, yerevan, baku,
newyork, chicago, houston, dallas, miami, boston, seattle, atlanta, losangeles, toronto, montreal,
vancouver, mexico, monterrey, guadalajara, bogota, medellin, lima, quito, guayaquil, santiago,
buenosaires, cordoba, montevideo, saopaulo, rio, curitiba, caracas, panama, usa, uk, europe, europa,
asia, africa, america, deutschland, germany, france, italia, italy, espana, spain, polska, india,
japan, korea, vietnam, thailand, malaysia, indonesia, turkiye, turkey, brasil, brazil, canada,
australia, دبي, جده, الرياض, القاهره, عمان, الدوحه, الكويت, مسقط, الشارقه
";

/// In Chinese: simplified characters, with the sound as the place is exported where it is another
/// than pinyin gives.
pub(super) const CHINESE: &str = "
中国, 北京, 上海, 天津, 重庆, 广州, 深圳, 东莞, 佛山, 中山, 珠海, 惠州, 江门, 汕头, 潮州, 揭阳, 湛江, 宁波, 杭州, 温州, 义乌, 金华, 台州, 绍兴, 嘉兴,
湖州, 衢州, 舟山, 丽水, 永康, 慈溪, 余姚, 苏州, 南京, 无锡, 常州, 南通, 徐州, 扬州, 镇江, 盐城, 昆山, 张家港, 江阴, 青岛, 济南, 烟台, 潍坊, 临沂, 淄博,
威海, 厦门, 福州, 泉州, 漳州, 莆田, 晋江, 合肥, 芜湖, 武汉, 长沙, 南昌, 郑州, 洛阳, 石家庄, 保定, 沧州, 唐山, 太原, 西安, 成都, 昆明, 贵阳, 南宁, 海口,
沈阳, 大连, 长春, 哈尔滨, 兰州, 乌鲁木齐, 呼和浩特, 银川, 西宁, 拉萨, 浙江, 江苏, 广东, 山东, 福建, 湖北, 湖南, 河南, 河北, 安徽, 四川, 江西, 辽宁, 山西,
陕西, 广西, 云南, 贵州, 海南, 吉林, 黑龙江, 香港, 澳门, 台湾, 台北, 高雄, 台中, 台南, 东京, 大阪, 名古屋, 京都, 神户, 横滨
";

/// Behind a Chinese place: town, province, district, county.
pub(super) const RANKS: &[char] = &['市', '省', '区', '县', '镇'];
