//! 障害・遺族の請求と選択 of one person, as the page of the pension lists them.

use domain::life::register::{ChoiceIs, DisabilityIs, GradeIs, SurvivorIs, SurvivorMemberIs};
use domain::{Month, era};
use jiff::civil::Date;
use serde::Serialize;
use store::lives::Persons;
use store::{Db, StoreError, pension_card};
use utoipa::ToSchema;

use crate::pages::{Esc, definitions, table};
use crate::purpose::Purpose;

/// 老齢のほかの請求と、年金の選択.
#[derive(Serialize, ToSchema)]
pub struct Grounds {
    /// 障害年金の請求.
    pub disability: Option<DisabilityLine>,
    /// 遺族年金の請求.
    pub survivor: Option<SurvivorLine>,
    /// 年金の選択, in order of month.
    pub choices: Vec<ChoiceLine>,
}

/// 障害年金の請求.
#[derive(Serialize, ToSchema)]
pub struct DisabilityLine {
    /// 受付年月日.
    #[schema(value_type = String, format = Date)]
    pub filed_on: Date,
    /// 初診日.
    #[schema(value_type = String, format = Date)]
    pub first_seen_on: Date,
    /// 症状が固定した日.
    #[schema(value_type = Option<String>, format = Date)]
    pub fixed_on: Option<Date>,
    /// 障害認定日の等級 (0 該当しない, 4 障害手当金の程度).
    pub grade_at_certification: i16,
    /// 事後重症の請求日.
    #[schema(value_type = Option<String>, format = Date)]
    pub later_filed_on: Option<Date>,
    /// 事後重症の等級.
    pub later_grade: Option<i16>,
    /// 等級の改定, in order of month.
    pub revisions: Vec<GradeLine>,
}

/// 等級の改定.
#[derive(Serialize, ToSchema)]
pub struct GradeLine {
    /// 最初の月分.
    #[schema(value_type = String)]
    pub first: Month,
    /// 等級 (0 該当しない).
    pub grade: i16,
}

/// 遺族年金の請求.
#[derive(Serialize, ToSchema)]
pub struct SurvivorLine {
    /// 受付年月日.
    #[schema(value_type = String, format = Date)]
    pub filed_on: Date,
    /// 死亡した人.
    pub deceased_person_id: i64,
    /// 長期要件の申出.
    pub states_long: bool,
    /// 家族.
    pub members: Vec<RelativeLine>,
}

/// 死亡した人の家族の一人.
#[derive(Serialize, ToSchema)]
pub struct RelativeLine {
    /// 番号.
    pub member_no: i16,
    /// 請求者.
    pub claimant: bool,
    /// 続柄: wife, husband, child, parent, grandchild, grandparent.
    pub relation: &'static str,
    /// 続柄, in Japanese.
    pub relation_name: &'static str,
    /// 生年月日.
    #[schema(value_type = String, format = Date)]
    pub birth_on: Date,
    /// 生計を維持されていた.
    pub maintained: bool,
    /// 失権した日.
    #[schema(value_type = Option<String>, format = Date)]
    pub ended_on: Option<Date>,
}

/// 年金の選択.
#[derive(Serialize, ToSchema)]
pub struct ChoiceLine {
    /// 最初の月分.
    #[schema(value_type = String)]
    pub first: Month,
    /// 受付年月日.
    #[schema(value_type = String, format = Date)]
    pub filed_on: Date,
    /// 支給を受ける年金, by their words.
    pub rights: Vec<&'static str>,
    /// The same in Japanese.
    pub rights_name: String,
}

/// Everything on record, as known at an instant.
pub(super) async fn look_up(db: &impl Db, person: Persons) -> Result<Grounds, StoreError> {
    let (disability, grades, survivor, members, choices) = tokio::join!(
        pension_card::disability(db, person),
        pension_card::grades(db, person),
        pension_card::survivor(db, person),
        pension_card::survivor_members(db, person),
        pension_card::choices(db, person)
    );
    let (grades, members) = (grades?, members?);
    Ok(Grounds {
        disability: disability?.map(|claim| disability_line(claim, &grades)),
        survivor: survivor?.map(|claim| survivor_line(&claim, &members)),
        choices: choices?.into_iter().map(choice_line).collect(),
    })
}

fn disability_line(claim: DisabilityIs, grades: &[GradeIs]) -> DisabilityLine {
    DisabilityLine {
        filed_on: claim.filed_on,
        first_seen_on: claim.first_seen_on,
        fixed_on: claim.fixed_on,
        grade_at_certification: claim.grade_at_certification,
        later_filed_on: claim.later.map(|later| later.0),
        later_grade: claim.later.map(|later| later.1),
        revisions: grades.iter().map(|row| GradeLine { first: row.first, grade: row.grade }).collect(),
    }
}

fn survivor_line(claim: &SurvivorIs, members: &[(i16, SurvivorMemberIs)]) -> SurvivorLine {
    let line = |(member_no, row): &(i16, SurvivorMemberIs)| RelativeLine {
        member_no: *member_no,
        claimant: *member_no == claim.claimant_no,
        relation: row.member.relation.code(),
        relation_name: row.member.relation.name_ja(),
        birth_on: row.member.birth_on,
        maintained: row.member.maintained,
        ended_on: row.ended_on,
    };
    SurvivorLine {
        filed_on: claim.filed_on,
        deceased_person_id: claim.deceased_person_id,
        states_long: claim.states_long,
        members: members.iter().map(line).collect(),
    }
}

fn choice_line(choice: ChoiceIs) -> ChoiceLine {
    let names: Vec<&str> = choice.rights.iter().map(|right| right.name_ja()).collect();
    ChoiceLine {
        first: choice.first,
        filed_on: choice.filed_on,
        rights: choice.rights.iter().map(|right| right.code()).collect(),
        rights_name: names.join("・"),
    }
}

fn grade_words(grade: i16) -> String {
    match grade {
        0 => "該当しない".to_owned(),
        4 => "障害手当金の程度".to_owned(),
        grade => format!("{grade}級"),
    }
}

/// 障害・遺族・選択, each under its heading; nothing where nothing is on record.
pub(super) fn html(grounds: &Grounds, purpose: Purpose) -> String {
    let mut html = String::new();
    if let Some(claim) = &grounds.disability {
        html.push_str("<h2>障害年金の請求</h2>\n");
        html.push_str(&disability_html(claim));
    }
    if let Some(claim) = &grounds.survivor {
        html.push_str("<h2>遺族年金の請求</h2>\n");
        html.push_str(&survivor_html(claim, purpose));
    }
    if !grounds.choices.is_empty() {
        let rows = grounds.choices.iter().map(|choice| {
            vec![
                format!("{}から", era::month_in_words(choice.first)),
                Esc(&choice.rights_name).to_string(),
                era::in_words(choice.filed_on),
            ]
        });
        html.push_str("<h2>年金の選択</h2>\n");
        html.push_str(&table("古い順", &["月分", "支給を受ける年金", "受付年月日"], rows));
    }
    html
}

fn disability_html(claim: &DisabilityLine) -> String {
    let mut rows = vec![
        ("受付年月日", era::in_words(claim.filed_on)),
        ("初診日", era::in_words(claim.first_seen_on)),
        ("障害認定日の等級", grade_words(claim.grade_at_certification)),
    ];
    rows.extend(claim.fixed_on.map(|day| ("症状が固定した日", era::in_words(day))));
    rows.extend(claim.later_filed_on.map(|day| ("事後重症の請求日", era::in_words(day))));
    rows.extend(claim.later_grade.map(|grade| ("事後重症の等級", grade_words(grade))));
    let revision = |row: &GradeLine| ("等級の改定", format!("{}から{}", row.first, grade_words(row.grade)));
    rows.extend(claim.revisions.iter().map(revision));
    definitions(&rows)
}

fn survivor_html(claim: &SurvivorLine, purpose: Purpose) -> String {
    let deceased =
        format!("<a href=\"/persons/{id}?purpose={}\">{id}</a>", purpose.code(), id = claim.deceased_person_id);
    let mut rows = vec![("受付年月日", era::in_words(claim.filed_on)), ("死亡した方 (人の番号)", deceased)];
    rows.extend(claim.states_long.then(|| ("長期要件の申出", "あり".to_owned())));
    let members = claim.members.iter().map(|member| {
        let who = if member.claimant { " (請求者)" } else { "" };
        vec![
            member.member_no.to_string(),
            format!("{}{who}", member.relation_name),
            era::in_words(member.birth_on),
            if member.maintained { "あり" } else { "なし" }.to_owned(),
            member.ended_on.map(era::in_words).unwrap_or_default(),
        ]
    });
    definitions(&rows) + &table("死亡した方の家族", &["番号", "続柄", "生年月日", "生計維持", "失権した日"], members)
}
