use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::*;

fn document() -> Document {
    Document {
        title: "Autumn term 2026".to_owned(),
        of: "Westbrook College · Professional Tutors".to_owned(),
        day: jiff::civil::date(2027, 1, 4),
        dated: "4 January 2027".to_owned(),
        one_page: false,
        parts: vec![
            Part::Lede { text: "10–14 % of staff asked for support".to_owned() },
            Part::heading("One-to-one support"),
            Part::soft("Whoever asked and was met."),
            Part::Table {
                columns: vec![
                    Column::new("Who", Set::Words),
                    Column::new("From 0 to 100 %", Set::Drawn),
                    Column::new("How many", Set::Numbers),
                ],
                rows: vec![
                    vec![Cell::words("Everybody"), Cell::Range { ends: Some((10, 14)) }, Cell::words("30–44 of 300")],
                    vec![Cell::words("#emph[Art] $x$"), Cell::Range { ends: None }, Cell::words("not shown")],
                    vec![Cell::words("Ọlá Ağaoğlu Łukasz"), Cell::Bar { long: 40 }, Cell::words("40 h")],
                ],
                sum: true,
            },
            Part::Smaller { text: "And".to_owned() },
            Part::Points { points: vec![("Two more.".to_owned(), "£20,000 more.".to_owned()), (String::new(), "*x*".to_owned())] },
            Part::Picture {
                svg: "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><path d=\"M0 0L10 10\" stroke=\"#000\"/></svg>".to_owned(),
                wide: 60,
                alt: "A line".to_owned(),
            },
            Part::Quote { paragraphs: vec!["It was good.".to_owned()], by: "Aoife Byrne".to_owned() },
            Part::text("The end."),
        ],
    }
}

/// R-DOC-2
#[test]
fn a_pdf_is_tagged_and_has_a_title_and_a_language() {
    let made = pdf(&document()).unwrap();
    let text = String::from_utf8_lossy(&made);
    for there in ["%PDF-1.7", "/StructTreeRoot", "/MarkInfo", "/Lang", "pdfuaid", "Autumn term 2026"] {
        assert!(text.contains(there), "{there}");
    }
}

/// R-DOC-3
#[test]
fn the_same_document_is_the_same_bytes() {
    assert_eq!(pdf(&document()).unwrap(), pdf(&document()).unwrap());
    let rows = rows();
    let made = || xlsx("A", jiff::civil::date(2027, 1, 4), std::slice::from_ref(&rows)).unwrap();
    assert_eq!(made(), made());
}

fn pages(document: &Document) -> usize {
    let made = pdf(document).unwrap();
    String::from_utf8_lossy(&made).matches("/Type/Page/").count()
        + String::from_utf8_lossy(&made).matches("/Type /Page\n").count()
}

/// R-DOC-8
#[test]
fn what_is_to_be_one_page_is_one_page() {
    let words = Part::text("Teachers ask for support and choose what comes of it. ".repeat(6));
    let mut long = document();
    long.parts = vec![words; 13];
    assert_eq!(pages(&long), 2);
    long.one_page = true;
    assert_eq!(pages(&long), 1);
}

/// R-DOC-4
#[test]
fn nothing_typed_is_read_as_markup() {
    let typed = "#panic(\"typed\") #read(\"/etc/passwd\") $x$ <a> @b *c* _d_ = e\n- f \\ `g` \u{202e}h\u{0}";
    let mut all = document();
    all.title = typed.to_owned();
    all.of = typed.to_owned();
    all.parts = vec![
        Part::heading(typed),
        Part::text(typed),
        Part::Points { points: vec![(typed.to_owned(), typed.to_owned())] },
        Part::Quote { paragraphs: vec![typed.to_owned()], by: typed.to_owned() },
        Part::Table { columns: vec![Column::new(typed, Set::Words)], rows: vec![vec![Cell::words(typed)]], sum: false },
    ];
    let made = pdf(&all).unwrap();
    assert!(String::from_utf8_lossy(&made).contains("/StructTreeRoot"));
}

/// R-DOC-2
#[test]
fn every_name_can_be_set() {
    let named = |name: &str| {
        let mut all = document();
        all.parts = vec![Part::text(name)];
        String::from_utf8_lossy(&pdf(&all).unwrap()).into_owned()
    };
    for name in ["ليلى حداد", "Nguyễn Thị Minh Khai", "Ọláwálé", "Ελένη", "Ірина", "Þórður", "“Sons” & <b>"]
    {
        assert!(named(name).contains("pdfuaid"), "{name}");
    }
    for name in ["王小明", "🙂", "\u{7}"] {
        let made = named(name);
        assert!(made.contains("/StructTreeRoot") && !made.contains("pdfuaid"), "{name}");
    }
}

fn rows() -> Rows {
    Rows {
        name: "Released".to_owned(),
        columns: ["Line", "At least", "Cost"].map(str::to_owned).to_vec(),
        rows: vec![
            vec![Value::words("Everybody"), Value::Number(30), Value::Hundredths(-1_205)],
            vec![Value::words("=HYPERLINK(\"x\")"), Value::None, Value::count(Some(4))],
        ],
    }
}

/// R-DOC-5
#[test]
fn words_are_no_formulas() {
    let text = String::from_utf8(csv(&rows()).unwrap()).unwrap();
    assert_eq!(text, "\u{feff}Line,At least,Cost\nEverybody,30,-12.05\n\"'=HYPERLINK(\"\"x\"\")\",,4\n");
    let made = xlsx("A", jiff::civil::date(2027, 1, 4), &[rows()]).unwrap();
    let mut book = Xlsx::new(Cursor::new(made)).unwrap();
    let range = book.worksheet_range("Released").unwrap();
    assert_eq!(range.get_value((1, 1)), Some(&Data::Float(30.0)));
    assert_eq!(range.get_value((1, 2)), Some(&Data::Float(-12.05)));
    assert_eq!(range.get_value((2, 0)), Some(&Data::String("=HYPERLINK(\"x\")".to_owned())));
    assert!(book.worksheet_formula("Released").unwrap().is_empty());
}
