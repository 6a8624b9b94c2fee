//! What is covered, with and without consent.

use super::*;

#[test]
fn fractures_and_dislocations_need_consent_unless_first_aid() {
    for injury in [Injury::Fracture, Injury::Dislocation, Injury::SoftTissue] {
        for (acute_trauma, first_aid, doctor_agreed) in
            [(true, true, true), (true, true, false), (true, false, true), (true, false, false), (false, true, true)]
        {
            let (fee, patient_rate) = (Yen::new(5_555), PatientRate::ThreeTenths);
            let session = Session { injury, acute_trauma, first_aid, doctor_agreed, fee, patient_rate };
            let paid = judo_therapy_benefit(&session, &mut Trace::new()).expect("a fee");
            let covered = acute_trauma && (injury == Injury::SoftTissue || first_aid || doctor_agreed);
            assert_eq!(paid, if covered { Yen::new(3_888) } else { Yen::ZERO }, "{session:?}");
            let negative = Session { fee: Yen::new(-1), ..session };
            assert!(judo_therapy_benefit(&negative, &mut Trace::new()).is_err());
            let free = Session { fee: Yen::ZERO, ..session };
            assert_eq!(judo_therapy_benefit(&free, &mut Trace::new()), Ok(Yen::ZERO));
        }
    }
}
