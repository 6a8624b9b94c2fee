//! 入力欄 — forms as data: one renderer for all of them, so that labels, errors and focus are right everywhere.

use std::collections::BTreeMap;

use super::Esc;
use crate::error::Problem;
use crate::purpose::Purpose;

/// What was typed, by field.
pub(crate) type Values = BTreeMap<String, String>;

/// 欄の種類.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// One line of text, about so many characters wide.
    Text(u8),
    /// A secret.
    Password,
    /// A day, in any of the ways terminals type it.
    Day,
    /// A number, about so many digits.
    Digits(u8),
    /// Yes when ticked.
    Tick,
    /// One of: value and words.
    Choice(&'static [(&'static str, &'static str)]),
}

/// 欄 — one field of a form.
pub(crate) struct Field {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub required: bool,
    pub kind: Kind,
}

/// 欄の組 — fields under one heading.
pub(crate) struct Group {
    pub legend: &'static str,
    pub fields: &'static [Field],
}

/// 様式 — a form: where it goes and what it asks.
pub(crate) struct Form<'a> {
    pub action: &'a str,
    pub button: &'a str,
    pub groups: &'a [&'a Group],
    /// Fields that the clerk does not see.
    pub hidden: &'a [(&'a str, &'a str)],
    /// Offers the 利用目的, with this one chosen at first.
    pub purposes: Option<(&'a [Purpose], Purpose)>,
}

pub(crate) const fn text(name: &'static str, label: &'static str, width: u8, hint: &'static str) -> Field {
    Field { name, label, hint, required: false, kind: Kind::Text(width) }
}

pub(crate) const fn digits(name: &'static str, label: &'static str, width: u8, hint: &'static str) -> Field {
    Field { name, label, hint, required: false, kind: Kind::Digits(width) }
}

pub(crate) const fn day(name: &'static str, label: &'static str) -> Field {
    let hint = "元号コードと年月日 7-020304 (1明治 3大正 5昭和 7平成 9令和)、または 1990-03-04";
    Field { name, label, hint, required: false, kind: Kind::Day }
}

pub(crate) const fn tick(name: &'static str, label: &'static str) -> Field {
    Field { name, label, hint: "", required: false, kind: Kind::Tick }
}

pub(crate) const fn choice(
    name: &'static str,
    label: &'static str,
    options: &'static [(&'static str, &'static str)],
) -> Field {
    Field { name, label, hint: "", required: false, kind: Kind::Choice(options) }
}

impl Field {
    pub(crate) const fn must(mut self) -> Field {
        self.required = true;
        self
    }
}

impl Form<'_> {
    /// The form with what was typed and what was wrong with it; the focus is on the first wrong field, else on
    /// the first field that is empty.
    pub(crate) fn html(&self, values: &Values, problems: &[Problem]) -> String {
        let focus = self.focus(values, problems);
        let mut html = summary(problems);
        html.push_str(&format!("<form method=\"post\" action=\"{}\" class=\"entry\" novalidate>\n", Esc(self.action)));
        for (name, value) in self.hidden {
            html.push_str(&format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">\n", Esc(value)));
        }
        for group in self.groups {
            html.push_str(&format!("<fieldset><legend>{}</legend>\n", group.legend));
            for field in group.fields {
                html.push_str(&field_html(field, values, problems, focus == Some(field.name)));
            }
            html.push_str("</fieldset>\n");
        }
        if let Some((offered, first)) = self.purposes {
            let wrong = focus.is_none() && problems.iter().any(|problem| problem.field == "purpose");
            html.push_str(&purpose_html(offered, first, values, problems, wrong));
        }
        html.push_str(&format!(
            "<p class=\"actions\"><button accesskey=\"s\">{}<kbd>Enter</kbd></button></p>\n</form>\n",
            self.button
        ));
        html
    }

    fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.groups.iter().flat_map(|group| group.fields)
    }

    fn focus(&self, values: &Values, problems: &[Problem]) -> Option<&'static str> {
        let wrong = self.fields().find(|field| problems.iter().any(|problem| problem.field == field.name));
        let empty = || self.fields().find(|field| values.get(field.name).is_none_or(String::is_empty));
        match (wrong, problems.is_empty()) {
            (Some(field), _) => Some(field.name),
            (None, true) => empty().map(|field| field.name),
            (None, false) => None,
        }
    }
}

/// The list of what is wrong, with links to the fields. It takes the focus only when no field can.
fn summary(problems: &[Problem]) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let mut html = format!(
        "<div class=\"notice bad\" role=\"alert\"><p><b>入力に誤りが{}件あります。直してから送信してください。</b></p>\n<ul>\n",
        problems.len()
    );
    for Problem { field, item, reason, code } in problems {
        html.push_str(&format!(
            "<li data-code=\"{}\"><a href=\"#f-{}\">{}</a>: {}</li>\n",
            Esc(code),
            Esc(field),
            Esc(item),
            Esc(reason)
        ));
    }
    html.push_str("</ul></div>\n");
    html
}

fn field_html(field: &Field, values: &Values, problems: &[Problem], focus: bool) -> String {
    let value = values.get(field.name).map(String::as_str).unwrap_or_default();
    let problem = problems.iter().find(|problem| problem.field == field.name);
    let mut described = Vec::new();
    if problem.is_some() {
        described.push(format!("e-{}", field.name));
    }
    if !field.hint.is_empty() {
        described.push(format!("h-{}", field.name));
    }
    let mut attributes = format!("id=\"f-{0}\" name=\"{0}\"", field.name);
    if !described.is_empty() {
        attributes.push_str(&format!(" aria-describedby=\"{}\"", described.join(" ")));
    }
    if problem.is_some() {
        attributes.push_str(" aria-invalid=\"true\"");
    }
    if field.required {
        attributes.push_str(" aria-required=\"true\"");
    }
    if focus {
        attributes.push_str(" autofocus");
    }
    let input = input_html(field.kind, &attributes, value);
    let mark = if field.required { "<span class=\"must\">必須</span>" } else { "" };
    let hint = match field.hint {
        "" => String::new(),
        hint => format!("<span class=\"hint\" id=\"h-{}\">{hint}</span>", field.name),
    };
    let error = problem
        .map(|problem| format!("<span class=\"error\" id=\"e-{}\">誤り: {}</span>", field.name, Esc(&problem.reason)));
    let class = if problem.is_some() { "field wrong" } else { "field" };
    format!(
        "<div class=\"{class}\"><label for=\"f-{name}\">{label}{mark}</label>\n<div>{input}{hint}{error}</div></div>\n",
        name = field.name,
        label = field.label,
        error = error.unwrap_or_default(),
    )
}

fn input_html(kind: Kind, attributes: &str, value: &str) -> String {
    let line = |kind: &str, width: u8, more: &str| {
        format!(
            "<input type=\"{kind}\" {attributes} value=\"{}\" size=\"{width}\" autocomplete=\"off\"{more}>",
            Esc(value)
        )
    };
    match kind {
        Kind::Text(width) => line("text", width, ""),
        Kind::Day => line("text", 12, ""),
        Kind::Digits(width) => line("text", width, " inputmode=\"numeric\""),
        Kind::Password => {
            format!("<input type=\"password\" {attributes} size=\"24\" autocomplete=\"current-password\">")
        }
        Kind::Tick => {
            let checked = if value == "1" { " checked" } else { "" };
            format!("<input type=\"checkbox\" {attributes} value=\"1\"{checked}>")
        }
        Kind::Choice(options) => {
            let mut html = format!("<select {attributes}>");
            for (code, words) in options {
                let selected = if *code == value { " selected" } else { "" };
                html.push_str(&format!("<option value=\"{code}\"{selected}>{words}</option>"));
            }
            html.push_str("</select>");
            html
        }
    }
}

/// 利用目的の欄.
fn purpose_html(offered: &[Purpose], first: Purpose, values: &Values, problems: &[Problem], focus: bool) -> String {
    let chosen = values.get("purpose").map(String::as_str).unwrap_or(first.code());
    let mut options = String::from("<option value=\"\">選んでください</option>");
    for purpose in offered {
        let selected = if purpose.code() == chosen { " selected" } else { "" };
        options.push_str(&format!("<option value=\"{}\"{selected}>{}</option>", purpose.code(), purpose.name()));
    }
    let problem = problems.iter().find(|problem| problem.field == "purpose");
    let (class, invalid, error) = match problem {
        Some(problem) => (
            "field wrong",
            " aria-invalid=\"true\" aria-describedby=\"e-purpose\"",
            format!("<span class=\"error\" id=\"e-purpose\">誤り: {}</span>", Esc(&problem.reason)),
        ),
        None => ("field", "", String::new()),
    };
    format!(
        "<fieldset><legend>利用目的</legend>\n<div class=\"{class}\"><label for=\"f-purpose\">利用目的<span class=\"must\">必須</span></label>\n\
         <div><select id=\"f-purpose\" name=\"purpose\" aria-required=\"true\"{invalid}{focus}>{options}</select>{error}</div></div>\n</fieldset>\n",
        focus = if focus { " autofocus" } else { "" },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUP: Group = Group {
        legend: "被保険者",
        fields: &[
            text("name_kana", "氏名カナ", 25, "").must(),
            day("birth_on", "生年月日").must(),
            tick("short_time_worker", "短時間労働者"),
        ],
    };

    fn form() -> Form<'static> {
        Form {
            action: "/filings/enrolment",
            button: "届け出る",
            groups: &[&GROUP],
            hidden: &[("sender_key", "k\"1")],
            purposes: Some((&Purpose::ALL, Purpose::Filing)),
        }
    }

    #[test]
    fn the_first_wrong_field_has_the_focus_and_says_what_is_wrong() {
        let values = Values::from([("name_kana".to_owned(), "ﾐﾎﾝ <b>".to_owned())]);
        let problems = [Problem::new("birth_on", "生年月日", "date_not_existing", "暦にない日です")];
        let html = form().html(&values, &problems);
        assert!(html.contains("id=\"f-birth_on\" name=\"birth_on\" aria-describedby=\"e-birth_on h-birth_on\" aria-invalid=\"true\" aria-required=\"true\" autofocus"));
        assert!(html.contains("value=\"ﾐﾎﾝ &lt;b&gt;\""));
        assert_eq!(html.matches("autofocus").count(), 1);
    }

    #[test]
    fn every_field_has_a_label() {
        let html = form().html(&Values::new(), &[]);
        for field in GROUP.fields {
            assert!(html.contains(&format!("<label for=\"f-{}\">", field.name)), "{}", field.name);
        }
        assert!(html.contains("value=\"k&quot;1\""));
    }
}
