use super::*;
use proptest::prelude::*;

fn frame(areas: u16, roles: u16, people: usize) -> Frame {
    let place = |person: usize| Place {
        area: (person % usize::from(areas)) as u16,
        role: ((person / 7) % usize::from(roles)) as u16,
    };
    Frame { places: (0..people).map(|person| Some(place(person))).collect() }
}

#[test]
fn first() {
    let frame = frame(4, 3, 60);
    let truth: Vec<bool> = (0..60).map(|person| person % 3 == 0).collect();
    let mut all = vec![term("support", 1, &[], frame.clone(), &truth).unwrap()];
    for number in 2..=3 {
        all.push(term("support", number, &all, frame.clone(), &truth).unwrap());
    }
    all.push(year("support", &all, &truth).unwrap());
    for release in &all {
        println!(
            "{:?}",
            release.shown.iter().map(|s| (s.group, s.of, s.band.map(|b| (b.low, b.high)))).collect::<Vec<_>>()
        );
    }
    verify(&all).unwrap();
}
