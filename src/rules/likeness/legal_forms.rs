//! Legal forms of the world, as they stand behind a name or before it. They say nothing of whose
//! name it is, so they are left off. To add one: one word in the list of where it stands.
//!
//! Written without dots, since `S.A.` and `SA` are one; a form of several words with spaces.

/// Behind a name.
pub(super) const BEHIND: &str = "
ltd, limited, llc, llp, lp, inc, incorporated, corp, corporation, co, company, companies, plc, pte,
pty, proprietary, private, pvt, unlimited, cic, dac, clg, pc, pllc, lllp, limited liability company,
public limited company, joint stock company, jsc, ojsc, cjsc, pjsc, fze, fzco, fzc, fz llc, wll, spc,
bsc, saoc, saog, cc,
gmbh, mbh, gmbh co kg, kg, kgaa, ag, ohg, gbr, ug, ev, ek, ekfm, ekfr, eg, gesmbh,
gesellschaft mit beschrankter haftung, aktiengesellschaft, haftungsbeschrankt, kommanditgesellschaft,
og, keg, se, sce,
sa, sarl, sas, sasu, eurl, snc, scs, sca, sprl, srl, asbl, cie, compagnie, societe anonyme,
societe a responsabilite limitee, suarl,
spa, srls, sapa, sas di, ss, soc coop, scarl, scrl, societa per azioni,
societa a responsabilita limitata, ditta,
sl, slu, sau, sll, slp, sc, cia, compania, cv, sa de cv, s de rl de cv, de rl, sapi, sab, sacv, eirl,
spa cl, ltda, lda, limitada, unipessoal, eireli, me, epp, sgps, saic, sacif, saci, sociedad anonima,
sociedad limitada, sociedade anonima, sas col, ca, rl,
bv, nv, vof, cvba, bvba, besloten vennootschap, oy, oyj, ab, aktiebolag, abp, as, asa, aps, ivs, is,
ks, hb, kb, ans, da, ehf, hf, ou, sia, uab, mb, tmi, ky, osakeyhtio, aktieselskab, anpartsselskab,
aksjeselskap, handelsbolag, pf, iks,
sp zoo, spolka zoo, spolka z ograniczona odpowiedzialnoscia, spolka akcyjna, sp j, sp k,
spolka komandytowa, spolka jawna, zoo, psa, sro, spol sro, spol s ro, vos, druzstvo, kft, bt, zrt,
nyrt, rt, kkt, doo, dd, jdoo, ad, od, ood, eood, ead, et, dooel, ooo, oao, zao, pao, ao, ip, too,
tov, tzov, pat, prat, pp, chp, fop, mchj, xk, qk, sh pk, shpk, sh a, ike, epe, oe, ee, ae, mike, αε,
επε, ικε, οε,
anonim sirketi, limited sirketi, ltd sti, sti, sirketi, bm, baam, בעמ, sdn bhd, bhd, sdn, tbk, pt,
persero, ud, jsc vn, tnhh, cong ty tnhh, cong ty co phan, ctcp, company limited, pcl,
public company limited, opc, kk, gk, kabushiki kaisha, godo kaisha, yugen kaisha, co kg, pvt ltd,
huf, sae, phu, ppuh, fhu, pphu, ppu, ผลิตภัณฑ, จำกัด, บริษัท,
ذ م م, ذمم, ش م م, شمم, ش م ل, شمل, ش م ع, شمع, م م ح, المحدوده, محدوده, وشركاه, وشركاؤه, القابضه,
المساهمه, شركه, ش ذ م م, شذمم, سهامي خاص, شركت,
group, groupe, grupo, gruppo, gruppe, gruppen, grup, grupa, holding, holdings
";

/// Before a name.
pub(super) const BEFORE: &str = "
ooo, oao, zao, pao, ao, ip, too, tov, tzov, pat, prat, pp, chp, fop, chup, odo, zat, vat, pt, cv, ud,
pd, ab, as, oy, sa, sas, sarl, srl, spa, sl, ste, societe, soc, ets, etablissements, ditta, firma,
fa, phu, ppuh, fhu, pphu, ppu, the, ms, messrs, cong ty tnhh, cong ty co phan, cong ty, uab, sia,
ou, kk, kft, cia, grupo, groupe, gruppo, group, holding, grup, grupa, kabushiki kaisha, شركه, مؤسسه,
مجموعه, شركت, บริษัท
";

/// Written onto a name without a space, behind it or before it: Chinese in simplified characters,
/// Japanese, Korean.
pub(super) const ATTACHED: &str = "
股份有限公司, 有限责任公司, 集团有限公司, 有限公司, 集团公司, 责任公司, 总公司, 分公司, 子公司, 股份公司, 公司, 集团, 企业, 厂, 商行, 商社, 合伙企业, 个体工商户,
控股, 株式会社, 株式會社, 合同会社, 有限会社, 合资会社, 合名会社, 会社, 株, 有, 주식회사, 유한회사, 유한책임회사, 합자회사, 합명회사, 주, 유
";

/// So plainly a legal form that it is one in the middle too: before a town, say.
pub(super) const ANYWHERE: &str = "
gmbh, mbh, ltd, llc, plc, inc, sarl, srl, ltda, eood, ood, doo, sro, kft, sdn, bhd, pte, pty, fze, fzco, jsc
";
