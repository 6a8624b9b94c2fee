//! 被保険者の照会 — find people by kana, birth or number; one person's record.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::nenkin::kana;
use domain::{Prefecture, era};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::Db;
use store::persons::{self, Card, Person, Search};
use utoipa::ToSchema;

use crate::app::App;
use crate::audit::Audit;
use crate::clerk::Clerk;
use crate::error::{ErrorBody, Problem, Refusal, TerminalError};
use crate::extract::{Body, Pairs};
use crate::pages::form::{Form, Group, Values, choice, day, digits, text};
use crate::pages::{self, Esc, definitions, table};
use crate::purpose::Purpose;
use crate::{day as days, filing_form};

/// More than this is no look-up.
const FOUND_MAX: i64 = 50;

/// 探す条件: what is given must all hold.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PersonSearch {
    /// 氏名カナの初め (姓、または姓と名), at least two characters.
    pub name_kana: String,
    /// 生年月日, ISO or `7-020304`.
    pub birth_on: String,
    /// 性別: 1 男, 2 女; empty for both. It only narrows.
    pub sex: String,
    /// 基礎年金番号, present or former. One that was merged finds the person who was kept.
    pub basic_pension_number: String,
}

/// 見つかった人.
#[derive(Serialize, ToSchema)]
pub struct PersonLine {
    /// 人.
    pub person_id: i64,
    /// 氏名カナ.
    pub name_kana: String,
    /// 氏名漢字.
    pub name_kanji: Option<String>,
    /// 生年月日.
    #[schema(value_type = String, format = Date)]
    pub birth_on: Date,
    /// 1 男, 2 女.
    pub sex: i16,
    /// 基礎年金番号.
    pub basic_pension_number: Option<String>,
    /// This number was merged into that person's.
    pub merged_into_person_id: Option<i64>,
}

/// 見つかった人の一覧.
#[derive(Serialize, ToSchema)]
pub struct PersonList {
    /// By kana.
    pub persons: Vec<PersonLine>,
    /// There are more: narrow it down.
    pub more: bool,
    /// What the clerk should know: the number asked for is a former one.
    pub note: Option<String>,
}

/// 個人の記録.
#[derive(Serialize, ToSchema)]
pub struct PersonCard {
    /// Who.
    pub person: PersonLine,
    /// 住所.
    pub address: Option<AddressLine>,
    /// 被保険者資格, the latest first.
    pub spells: Vec<SpellLine>,
}

/// 住所.
#[derive(Serialize, ToSchema)]
pub struct AddressLine {
    /// 郵便番号.
    pub zip: String,
    /// 都道府県.
    pub prefecture: String,
    /// 住所.
    pub address: String,
}

/// 被保険者資格.
#[derive(Serialize, ToSchema)]
pub struct SpellLine {
    /// 事業所.
    pub employer_id: i64,
    /// 事業所整理記号.
    pub employer_symbol: String,
    /// 事業所の名称.
    pub employer_name: String,
    /// 被保険者整理番号.
    pub insured_number: i32,
    /// 健康保険.
    pub health_insurance: bool,
    /// 厚生年金保険.
    pub employees_pension: bool,
    /// 資格取得年月日.
    #[schema(value_type = String, format = Date)]
    pub acquired_on: Date,
    /// 資格喪失年月日.
    #[schema(value_type = Option<String>, format = Date)]
    pub lost_on: Option<Date>,
    /// 標準報酬月額 (健保・厚年) now or last.
    pub standards_yen: Option<(i32, i32)>,
}

/// 人を探す。
#[utoipa::path(
    post, path = "/api/persons/search", operation_id = "search_persons", tag = "被保険者", request_body = PersonSearch,
    params(("X-Purpose" = String, Header, description = "利用目的")),
    responses(
        (status = 200, description = "見つかった人", body = PersonList),
        (status = 422, description = "条件の誤り", body = ErrorBody),
    )
)]
pub(crate) async fn search(
    State(app): State<App>,
    audit: Audit,
    Body(asked): Body<PersonSearch>,
) -> Result<Json<PersonList>, TerminalError> {
    Ok(Json(find(&app, &audit, &asked).await?))
}

/// 個人の記録を照会する。
#[utoipa::path(
    get, path = "/api/persons/{person_id}", operation_id = "person", tag = "被保険者",
    params(
        ("person_id" = i64, Path, description = "人"),
        ("X-Purpose" = String, Header, description = "利用目的"),
    ),
    responses(
        (status = 200, description = "個人の記録", body = PersonCard),
        (status = 404, description = "見つからない", body = ErrorBody),
    )
)]
pub(crate) async fn card(
    State(app): State<App>,
    audit: Audit,
    Path(person_id): Path<String>,
) -> Result<Json<PersonCard>, TerminalError> {
    Ok(Json(look_up(&app, &audit, id_of(&person_id)?).await?))
}

/// The number in a path.
pub(crate) fn id_of(text: &str) -> Result<i64, TerminalError> {
    text.parse().map_err(|_| TerminalError::NotFound { what: "この番号の記録" })
}

async fn find(app: &App, audit: &Audit, asked: &PersonSearch) -> Result<PersonList, TerminalError> {
    audit.purpose()?;
    let search = asked.check()?;
    let client = app.client().await?;
    let mut found = persons::search(&client, &search, FOUND_MAX + 1).await?;
    let more = found.len() > usize::try_from(FOUND_MAX).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(FOUND_MAX).unwrap_or(usize::MAX));
    // Everybody who is shown has been looked at.
    found.iter().for_each(|person| audit.subject(format!("person:{}", person.person_id)));
    let other = |person: &Person| search.pension_number.is_some() && person.pension_number != search.pension_number;
    let note = found
        .iter()
        .any(other)
        .then(|| "お尋ねの番号は前の番号か、統合された番号です。いまの番号の方を表示しています".to_owned());
    Ok(PersonList { persons: found.into_iter().map(line_of).collect(), more, note })
}

impl PersonSearch {
    fn check(&self) -> Result<Search, TerminalError> {
        let mut problems = Vec::new();
        let mut search = Search::default();
        let kana = kana::to_full_width(self.name_kana.trim()).replace(' ', "　");
        match kana.chars().count() {
            0 => {}
            1 => problems.push(Problem::new("name_kana", "氏名カナ", "too_short", "2字以上入力してください")),
            _ => search.kana_prefix = Some(kana),
        }
        if !self.birth_on.trim().is_empty() {
            match days::parse(&self.birth_on) {
                Ok(birth_on) => search.birth_on = Some(birth_on),
                Err(error) => problems.push(Problem::new("birth_on", "生年月日", error.code(), error.to_string())),
            }
        }
        if !self.basic_pension_number.trim().is_empty() {
            match filing_form::pension_number_of(&self.basic_pension_number) {
                Ok(number) => search.pension_number = Some(number),
                Err(reason) => problems.push(Problem::new(
                    "basic_pension_number",
                    "基礎年金番号",
                    "basic_pension_number_unreadable",
                    reason,
                )),
            }
        }
        match self.sex.trim() {
            "" => {}
            "1" => search.sex = Some(1),
            "2" => search.sex = Some(2),
            _ => problems.push(Problem::new("sex", "性別", "sex_unknown", "1 (男) か 2 (女) を選んでください")),
        }
        let named = search.kana_prefix.is_some() || search.pension_number.is_some();
        if problems.is_empty() && !named {
            let reason = "氏名カナか基礎年金番号を入力してください";
            problems.push(Problem::new("name_kana", "氏名カナ", "nothing_asked", reason));
        }
        if problems.is_empty() { Ok(search) } else { Err(TerminalError::Invalid(problems)) }
    }
}

fn line_of(person: Person) -> PersonLine {
    PersonLine {
        person_id: person.person_id,
        name_kana: person.name_kana,
        name_kanji: person.name_kanji,
        birth_on: person.birth_on,
        sex: person.sex,
        basic_pension_number: person.pension_number.map(|number| number.to_string()),
        merged_into_person_id: person.merged_into,
    }
}

async fn look_up(app: &App, audit: &Audit, person_id: i64) -> Result<PersonCard, TerminalError> {
    audit.subject(format!("person:{person_id}"));
    audit.purpose()?;
    let client = app.client().await?;
    let card = persons::card(&client, person_id).await?;
    let Card { person, address, spells } = card.ok_or(TerminalError::NotFound { what: "この番号の方" })?;
    let mut lines = Vec::with_capacity(spells.len());
    for spell in &spells {
        lines.push(spell_line(&client, spell).await?);
    }
    let prefecture = |code: i16| u8::try_from(code).ok().and_then(Prefecture::from_jis).map(Prefecture::name);
    let address = address.map(|address| AddressLine {
        prefecture: prefecture(address.prefecture_code).unwrap_or_default().to_owned(),
        zip: address.zip,
        address: address.address_kanji,
    });
    Ok(PersonCard { person: line_of(person), address, spells: lines })
}

async fn spell_line(db: &impl Db, spell: &store::coverage::Spell) -> Result<SpellLine, TerminalError> {
    let (employer, standards) = tokio::join!(
        store::employers::find(db, spell.employer_id),
        store::coverage::remunerations_of_spell(db, spell, None)
    );
    let employer = employer?.ok_or(TerminalError::NotFound { what: "事業所" })?;
    Ok(SpellLine {
        employer_id: spell.employer_id,
        employer_symbol: employer.symbol.to_string(),
        employer_name: employer.profile.name,
        insured_number: spell.insured_number,
        health_insurance: spell.health_insurance,
        employees_pension: spell.employees_pension,
        acquired_on: spell.valid_from,
        lost_on: spell.valid_to,
        standards_yen: standards?.last().map(|last| (last.hi_standard_yen, last.epi_standard_yen)),
    })
}

const SEARCH: Group = Group {
    legend: "探す条件",
    fields: &[
        text("name_kana", "氏名カナ", 28, "初めの2字以上　例 ﾐﾎﾝ または ミホン　イチロウ"),
        day("birth_on", "生年月日"),
        choice("sex", "性別", &[("", "問わない"), ("1", "男"), ("2", "女")]),
        digits("basic_pension_number", "基礎年金番号", 14, "例 1234-567890　前の番号でも探せます"),
    ],
};

fn search_form(app: &App, values: &Values, problems: &[Problem]) -> String {
    let form = Form {
        action: "/persons",
        button: "照会する",
        groups: &[&SEARCH],
        hidden: &[],
        purposes: Some((&app.0.config.purposes, Purpose::PersonInquiry)),
    };
    form.html(values, problems)
}

/// 照会の画面.
pub(crate) async fn form(State(app): State<App>, clerk: Clerk) -> Response {
    pages::page(StatusCode::OK, Some(&clerk), "被保険者の照会", search_form(&app, &Values::new(), &[]))
}

/// 照会の結果の画面.
pub(crate) async fn search_page(State(app): State<App>, clerk: Clerk, audit: Audit, pairs: Pairs) -> Response {
    let asked = PersonSearch {
        name_kana: pairs.one("name_kana").to_owned(),
        birth_on: pairs.one("birth_on").to_owned(),
        sex: pairs.one("sex").to_owned(),
        basic_pension_number: pairs.one("basic_pension_number").to_owned(),
    };
    let values = pairs.values();
    match find(&app, &audit, &asked).await {
        Ok(list) => {
            let purpose = values.get("purpose").cloned().unwrap_or_default();
            let body =
                format!("{}{}", list_html(&list, &purpose), search_form(&app, &values, &[]).replace(" autofocus", ""));
            pages::page(StatusCode::OK, Some(&clerk), "被保険者の照会", body)
        }
        Err(error) => {
            let problems = error.problems();
            let page =
                pages::page(StatusCode::OK, Some(&clerk), "被保険者の照会", search_form(&app, &values, &problems));
            Refusal::on_page(error, page)
        }
    }
}

fn list_html(list: &PersonList, purpose: &str) -> String {
    if list.persons.is_empty() {
        return "<div class=\"notice\" role=\"status\"><p>条件に合う方はありません。条件を確かめてください。</p></div>\n".to_owned();
    }
    let rows = list.persons.iter().enumerate().map(|(index, person)| {
        let focus = if index == 0 { " autofocus" } else { "" };
        let link = format!(
            "<a href=\"/persons/{}?purpose={}\"{focus}>{}</a>",
            person.person_id,
            Esc(purpose),
            Esc(&person.name_kana)
        );
        vec![
            link,
            Esc(person.name_kanji.as_deref().unwrap_or("")).to_string(),
            Esc(era::in_words(person.birth_on)).to_string(),
            sex(person.sex).to_owned(),
            match person.merged_into_person_id {
                Some(kept) => format!(
                    "{} <a href=\"/persons/{kept}?purpose={}\">統合済み</a>",
                    Esc(person.basic_pension_number.as_deref().unwrap_or("")),
                    Esc(purpose)
                ),
                None => Esc(person.basic_pension_number.as_deref().unwrap_or("")).to_string(),
            },
        ]
    });
    let mut html = table(
        &format!("{}人見つかりました", list.persons.len()),
        &["氏名カナ", "氏名", "生年月日", "性別", "基礎年金番号"],
        rows,
    );
    if let Some(note) = &list.note {
        html = format!("<div class=\"notice\" role=\"status\"><p>{}</p></div>\n{html}", Esc(note));
    }
    if list.more {
        html.push_str("<p>ほかにも合う方があります。条件を加えてください。</p>\n");
    }
    html
}

fn sex(code: i16) -> &'static str {
    if code == 2 { "女" } else { "男" }
}

/// Who a page is about: name, birth and number; the look-up itself was written down before.
pub(super) async fn heading(app: &App, person_id: i64) -> Result<String, TerminalError> {
    let client = app.client().await?;
    let Some(person) = persons::find(&client, person_id).await? else { return Ok(String::new()) };
    let number = person.pension_number.map_or("未登録".to_owned(), |number| number.to_string());
    Ok(definitions(&[
        ("氏名", format!("{}　({})", Esc(person.name_kanji.as_deref().unwrap_or("")), Esc(&person.name_kana))),
        ("生年月日", Esc(era::in_words(person.birth_on)).to_string()),
        ("基礎年金番号", Esc(number).to_string()),
    ]))
}

/// 個人の記録の画面.
pub(crate) async fn card_page(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path(person_id): Path<String>,
) -> Result<Response, TerminalError> {
    let card = look_up(&app, &audit, id_of(&person_id)?).await?;
    let purpose = audit.purpose()?;
    let last_month = domain::Month::of(app.0.config.business_day()).previous();
    let body = card_html(&card, purpose, last_month);
    Ok(pages::page(StatusCode::OK, Some(&clerk), "個人の記録", body))
}

fn card_html(card: &PersonCard, purpose: Purpose, month: domain::Month) -> String {
    let person = &card.person;
    let address = card.address.as_ref().map(|address| format!("〒{} {}", address.zip, address.address));
    let mut html = definitions(&[
        ("氏名", format!("{}　({})", Esc(person.name_kanji.as_deref().unwrap_or("")), Esc(&person.name_kana))),
        ("生年月日", Esc(era::in_words(person.birth_on)).to_string()),
        ("性別", sex(person.sex).to_owned()),
        ("基礎年金番号", Esc(person.basic_pension_number.as_deref().unwrap_or("未登録")).to_string()),
        ("住所", Esc(address.as_deref().unwrap_or("未登録")).to_string()),
    ]);
    html.push_str(&format!(
        "<p class=\"actions\"><a href=\"/persons/{id}/life?purpose={purpose}\">年金記録</a> \
         <a href=\"/persons/{id}/pension?purpose={purpose}\">年金額・見込額</a></p>\n",
        id = person.person_id,
        purpose = purpose.code(),
    ));
    html.push_str(&format!(
        "<h2>月分の保険料</h2>\n<form method=\"get\" action=\"/persons/{id}/contributions\" class=\"inline\">\n\
         <input type=\"hidden\" name=\"purpose\" value=\"{purpose}\">\n\
         <div><label for=\"f-month\">月分 (例 2026-10)</label>\
         <input type=\"text\" id=\"f-month\" name=\"month\" value=\"{month}\" size=\"9\" autofocus></div>\n\
         <div><label for=\"f-basis\">記録の時点</label><select id=\"f-basis\" name=\"basis\">\
         <option value=\"assessment\">調定のとき</option><option value=\"now\">いま</option></select></div>\n\
         <button accesskey=\"s\">計算を見る<kbd>Enter</kbd></button></form>\n<h2>被保険者資格</h2>\n",
        id = person.person_id,
        purpose = purpose.code(),
    ));
    let yen = |amount: i32| domain::Yen::new(i64::from(amount)).to_string();
    let rows = card.spells.iter().map(|spell| {
        let schemes = match (spell.health_insurance, spell.employees_pension) {
            (true, true) => "健保・厚年",
            (true, false) => "健保",
            (false, true) => "厚年",
            (false, false) => "70歳以上被用者",
        };
        let standards = spell.standards_yen.map(|(hi, epi)| format!("{} / {}", yen(hi), yen(epi)));
        vec![
            format!("{} {}", Esc(&spell.employer_symbol), Esc(&spell.employer_name)),
            spell.insured_number.to_string(),
            schemes.to_owned(),
            era::in_words(spell.acquired_on),
            spell.lost_on.map(era::in_words).unwrap_or_default(),
            format!("<span class=\"yen\">{}</span>", standards.unwrap_or_default()),
        ]
    });
    let heads = ["事業所", "整理番号", "制度", "資格取得", "資格喪失", "標準報酬月額 (健保 / 厚年)"];
    html.push_str(&table("新しい順", &heads, rows));
    html
}
