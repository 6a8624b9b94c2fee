//! 画面 — plain HTML made here: no script, keyboard only, every field with its label, the first wrong field first.

pub(crate) mod form;

use std::fmt::{self, Display, Write};

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::clerk::{Clerk, Right};
use crate::error::TerminalError;

const STYLE: &str = include_str!("style.css");

/// Nothing but our own style sheet may be loaded, no script at all, and no foreign page may frame or post.
const CONTENT_SECURITY_POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Text that came from outside, safe in HTML text and in quoted attributes.
pub(crate) struct Esc<T>(pub T);

impl<T: Display> Display for Esc<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaping(out), "{}", self.0)
    }
}

struct Escaping<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            match character {
                '&' => self.0.write_str("&amp;")?,
                '<' => self.0.write_str("&lt;")?,
                '>' => self.0.write_str("&gt;")?,
                '"' => self.0.write_str("&quot;")?,
                '\'' => self.0.write_str("&#39;")?,
                other => self.0.write_char(other)?,
            }
        }
        Ok(())
    }
}

/// A place in the menu: title, path, access key, and the right it needs.
struct Place {
    title: &'static str,
    path: &'static str,
    key: char,
    right: Right,
    about: &'static str,
}

const PLACES: [Place; 11] = [
    Place {
        title: "資格取得届",
        path: "/filings/enrolment",
        key: '1',
        right: Right::File,
        about: "被保険者資格取得届・70歳以上被用者該当届を入力します",
    },
    Place {
        title: "資格喪失届",
        path: "/filings/coverage-end",
        key: '2',
        right: Right::File,
        about: "被保険者資格喪失届・70歳以上被用者不該当届を入力します",
    },
    Place {
        title: "届書の経過",
        path: "/filings",
        key: '3',
        right: Right::FollowCourse,
        about: "受付番号から、届がいまどこにあるかを調べます",
    },
    Place {
        title: "被保険者の照会",
        path: "/persons",
        key: '4',
        right: Right::LookUpPersons,
        about: "氏名・生年月日・基礎年金番号で探し、月分の保険料と計算の根拠を見ます",
    },
    Place {
        title: "事業所の照会",
        path: "/employers",
        key: '5',
        right: Right::LookUpEmployers,
        about: "事業所整理記号・名称で探し、被保険者の一覧を見ます",
    },
    Place {
        title: "審査・決裁",
        path: "/approvals",
        key: '6',
        right: Right::FollowCourse,
        about: "起案・決裁を待つ届の一覧です",
    },
    Place {
        title: "訂正・取消届",
        path: "/filings/correction",
        key: '7',
        right: Right::File,
        about: "すでに決定した資格・標準報酬・賞与の訂正と取消を入力します",
    },
    Place {
        title: "休業終了時報酬月額変更届",
        path: "/filings/leave-end",
        key: '8',
        right: Right::File,
        about: "育児休業等・産前産後休業が終わったときの報酬月額変更届を入力します",
    },
    Place {
        title: "被保険者所属選択・二以上事業所勤務届",
        path: "/filings/workplace-selection",
        key: '9',
        right: Right::File,
        about: "二以上の事業所に勤務する方が選択する事業所と保険者を入力します",
    },
    Place {
        title: "人の届 (年金)",
        path: "/filings/person",
        key: 'p',
        right: Right::File,
        about: "年金請求書、種別訂正届、死亡届、未支給年金請求書、受取口座変更届、免除・猶予の決定を入力します",
    },
    Place {
        title: "基礎年金番号の重複",
        path: "/duplicates",
        key: 'd',
        right: Right::LookUpPersons,
        about: "同じ人に二つの番号がある疑いを審査し、統合または別人として決定します",
    },
];

/// A whole page. `body` is HTML already.
pub(crate) fn page(status: StatusCode, clerk: Option<&Clerk>, title: &str, body: impl Display) -> Response {
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} | 年輪</title>\n<link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">本文へ</a>\n{header}<main id=\"main\">\n<h1>{title}</h1>\n{body}</main>\n\
         <footer>年輪 オンライン　この画面の照会と変更は、利用目的とともにすべて記録されます。</footer>\n</body>\n</html>\n",
        title = Esc(title),
        header = header_of(clerk),
    );
    let mut response = (status, Html(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

fn header_of(clerk: Option<&Clerk>) -> String {
    let Some(clerk) = clerk else {
        return "<header><span class=\"name\">年輪</span></header>\n".to_owned();
    };
    let mut nav = String::new();
    for place in PLACES.iter().filter(|place| clerk.may(place.right)) {
        let Place { title, path, key, .. } = place;
        nav.push_str(&format!("<a href=\"{path}\" accesskey=\"{key}\">{title}<kbd>{key}</kbd></a>\n"));
    }
    let roles: Vec<&str> = clerk.0.roles.iter().map(|role| role.name()).collect();
    format!(
        "<header><a class=\"name\" href=\"/\" accesskey=\"0\">年輪<kbd>0</kbd></a>\n<nav aria-label=\"業務\">\n{nav}</nav>\n\
         <div class=\"who\"><span>{name}　{roles}　事務所{office}</span>\
         <form method=\"post\" action=\"/sign-out\"><button accesskey=\"q\" class=\"quiet\">サインアウト<kbd>q</kbd></button></form></div></header>\n",
        name = Esc(&clerk.0.name),
        roles = roles.join("・"),
        office = Esc(&clerk.0.office_code),
    )
}

/// 業務メニュー.
pub(crate) fn menu(clerk: &Clerk) -> Response {
    let mut body = String::from(
        "<p class=\"lead\">番号のキーで移動できます (Windows は Alt+番号、mac は Control+Option+番号)。</p>\n<ul class=\"menu\">\n",
    );
    let places: Vec<&Place> = PLACES.iter().filter(|place| clerk.may(place.right)).collect();
    for (index, Place { title, path, key, about, .. }) in places.iter().enumerate() {
        let first = if index == 0 { " autofocus" } else { "" };
        body.push_str(&format!(
            "<li><a href=\"{path}\"{first}><b><kbd>{key}</kbd>{title}</b><span>{about}</span></a></li>\n"
        ));
    }
    body.push_str("</ul>\n");
    if places.is_empty() {
        body.push_str("<p>この利用者に画面の業務はありません。役割の変更は運用担当者に依頼してください。</p>\n");
    }
    page(StatusCode::OK, Some(clerk), "業務メニュー", body)
}

/// An error as a page of its own.
pub(crate) fn error_page(clerk: Option<&Clerk>, error: &TerminalError) -> Response {
    let face = error.face();
    let mut list = String::new();
    if let TerminalError::Invalid(problems) = error {
        for problem in problems {
            list.push_str(&format!("<li>{}: {}</li>\n", Esc(&problem.item), Esc(&problem.reason)));
        }
    }
    let body = format!(
        "<div class=\"notice bad\" role=\"alert\" tabindex=\"-1\"><p><b>{reason}</b></p>\n<ul>{list}</ul>\n\
         <p>{who}。<span class=\"code\">({code})</span></p></div>\n\
         <p><a class=\"button\" href=\"/\" autofocus>業務メニューへ</a></p>\n",
        reason = Esc(error),
        who = face.who.words(),
        code = face.code,
    );
    page(face.status, clerk, "処理できませんでした", body)
}

/// The style sheet of all pages.
pub(crate) async fn style() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")];
    (headers, STYLE).into_response()
}

/// A table with a caption for those who do not see it. Cells are HTML already.
pub(crate) fn table(caption: &str, heads: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut html = format!("<table><caption>{}</caption>\n<thead><tr>", Esc(caption));
    for head in heads {
        html.push_str(&format!("<th scope=\"col\">{}</th>", Esc(head)));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        html.push_str("<tr>");
        for cell in row {
            html.push_str(&format!("<td>{cell}</td>"));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody></table>\n");
    html
}

/// Names and values, one under the other. Values are HTML already.
pub(crate) fn definitions(rows: &[(&str, String)]) -> String {
    let mut html = String::from("<dl class=\"card\">\n");
    for (name, value) in rows {
        html.push_str(&format!("<div><dt>{}</dt><dd>{value}</dd></div>\n", Esc(name)));
    }
    html.push_str("</dl>\n");
    html
}

/// 計算の明細: steps with their clauses, then the rows of the law that were read.
pub(crate) fn receipt_html(title: &str, receipt: &law::Receipt) -> String {
    let mut html = format!("<h2>{}</h2>\n<ol class=\"steps\">\n", Esc(title));
    for step in &receipt.steps {
        html.push_str(&format!(
            "<li>{} <span class=\"clause\">【{}】</span>",
            Esc(&step.expression),
            Esc(&step.clause)
        ));
        let values: Vec<String> = step
            .values
            .iter()
            .map(|value| format!("{} <b>{}{}</b>", Esc(&value.name), Esc(&value.value), Esc(&value.unit)))
            .collect();
        if !values.is_empty() {
            html.push_str(&format!("<br>{}", values.join("、")));
        }
        if !step.result.is_empty() {
            html.push_str(&format!("<br><span class=\"result\">→ {}</span>", Esc(&step.result)));
        }
        html.push_str("</li>\n");
    }
    html.push_str("</ol>\n");
    let rows = receipt.parameters.iter().map(|read| {
        let until = read.until.map(|month| month.to_string()).unwrap_or_default();
        let cells = [&read.table, &read.key, &read.value, &format!("{}〜{until}", read.from), &read.law];
        cells.iter().map(|text| Esc(text).to_string()).collect()
    });
    if !receipt.parameters.is_empty() {
        html.push_str(&table("参照した数値", &["表", "区分", "値", "適用", "根拠"], rows));
    }
    html.push_str(&format!("<p class=\"code\">法令データ {}</p>\n", Esc(&receipt.law_version)));
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_becomes_markup() {
        let typed = "<script>alert('\"&')</script>";
        assert_eq!(Esc(typed).to_string(), "&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;");
    }
}
