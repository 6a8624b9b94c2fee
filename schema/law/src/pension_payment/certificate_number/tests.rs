//! Fourteen digits and the codes of the table.

use super::*;

fn read(text: &str) -> Result<CertificateNumber, LawError> {
    certificate_number(text, "2026-04".parse().expect("a month"), &mut Trace::new())
}

#[test]
fn with_and_without_hyphens() {
    for text in ["12345678901150", "1234-567890-1150"] {
        let read = read(text).expect("a number");
        assert_eq!((read.digits().as_str(), read.kind.identifier.as_str()), ("12345678901150", "old_age"));
        assert_eq!(of_parts(read.number, &read.code, "2026-04".parse().expect("a month"), &mut Trace::new()), Ok(read));
    }
}

#[test]
fn every_code_of_the_table_is_known_and_no_other() {
    let codes = ["1150", "1350", "1450", "2650", "5350", "5950", "6350", "6450", "1170", "1370", "1470"];
    for code in codes {
        assert!(read(&format!("1234567890{code}")).is_ok(), "{code}");
    }
    for code in ["0000", "1151", "9999"] {
        let refused = read(&format!("1234567890{code}")).expect_err("refused");
        assert!(matches!(&refused, LawError::NotInForce { table, .. } if table == "年金コード"));
    }
}

#[test]
fn other_shapes_are_refused() {
    for text in [
        "",
        "1234567890115",
        "123456789011500",
        "12345-67890-1150",
        "1234-567890 1150",
        "1234-567890",
        "１２３４５６７８９０１１５０",
    ] {
        assert!(matches!(read(text), Err(LawError::BadInput { .. })), "{text}");
    }
}
