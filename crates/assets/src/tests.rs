use super::*;
use std::collections::HashSet;

/// The paths under /assets/ that the style sheet asks for.
fn linked(css: &str) -> Vec<&str> {
    css.split("/assets/").skip(1).map(|rest| rest.split(['"', ')', '\'']).next().unwrap()).collect()
}

#[test]
fn every_accessor_finds_its_asset() {
    for asset in [style(), script(), logo(), favicon(), font(), by_name("font-licence.txt")] {
        let asset = asset.unwrap();
        assert_eq!(by_path(asset.path), Some(asset));
        assert!(!asset.raw.is_empty(), "{} is empty", asset.name);
    }
    assert_eq!(by_path("/assets/app.css"), None, "a name without its hash is not served");
}

#[test]
fn paths_are_unique_and_carry_a_hash() {
    let paths: HashSet<_> = ALL.iter().map(|asset| asset.path).collect();
    assert_eq!(paths.len(), ALL.len());
    for asset in ALL {
        let (stem, extension) = asset.name.rsplit_once('.').unwrap();
        let hash = asset.path.strip_prefix(&format!("/assets/{stem}-")).unwrap();
        let hash = hash.strip_suffix(&format!(".{extension}")).unwrap();
        assert!(hash.len() >= 8 && hash.bytes().all(|b| b.is_ascii_alphanumeric()), "{}", asset.path);
        assert!(asset.integrity.starts_with("sha256-"), "{}", asset.integrity);
    }
}

#[test]
fn the_style_sheet_links_only_to_assets_that_exist() {
    let css = std::str::from_utf8(style().unwrap().raw).unwrap();
    let fonts = linked(css);
    assert_eq!(fonts.len(), 4, "upright and italic, each for Latin and Latin extended");
    for file in fonts {
        assert!(by_path(&format!("/assets/{file}")).is_some(), "{file}");
    }
    assert!(!css.contains("http"), "nothing is fetched from elsewhere");
    assert!(!css.contains("data:"), "the content security policy has no data: addresses");
}

#[test]
fn the_script_keeps_to_the_content_security_policy() {
    let js = std::str::from_utf8(script().unwrap().raw).unwrap();
    for forbidden in ["innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "DOMParser", "document.write", "http"] {
        assert!(!js.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn pages_stay_light_on_a_slow_line() {
    for asset in ALL {
        if !asset.gzip.is_empty() {
            assert_eq!(asset.gzip.get(..2), Some(&[0x1f, 0x8b][..]), "{} is not gzip", asset.name);
            assert!(asset.gzip.len() < asset.raw.len(), "{}", asset.name);
        }
    }
    assert!(style().unwrap().gzip.len() < 12_000, "style sheet {}", style().unwrap().gzip.len());
    assert!(script().unwrap().gzip.len() < 4_000, "script {}", script().unwrap().gzip.len());
}
