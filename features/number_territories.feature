Feature: The territory of a phone number
  A number in local format is read with a phone territory. It is that of the location of
  whoever has the number, or of the nearest place above it; without any, the default decides.

  Rule: The territory is searched from the location upwards

    @N-3
    Scenario: A street takes the territory of its country
      Given the location "Germany" has the phone territory "DE"
      And a location "Berlin" in "Germany"
      And a location "Harbour Street" in "Berlin"
      And Ana is a consumer in Harbour Street
      When the number "0151 23456789" is validated for Ana
      Then the validated number is "+4915123456789"
      And the number is accepted by rule N-2

    @N-3
    Scenario Outline: The nearest territory wins
      Given the location "France" has the phone territory "FR"
      And a location "Réunion" in "France"
      And the location "Réunion" has the phone territory "RE"
      And a location "Saint-Denis" in "Réunion"
      And a location "Lyon" in "France"
      And Ana is a consumer in <place>
      When the number "<typed>" is validated for Ana
      Then the validated number is "<stored>"
      And the number belongs to the territory "<territory>"

      Examples:
        | place       | typed          | stored        | territory |
        | Saint-Denis | 0692 12 34 56  | +262692123456 | RE        |
        | Réunion     | 0692 12 34 56  | +262692123456 | RE        |
        | Lyon        | 06 12 34 56 78 | +33612345678  | FR        |
        | France      | 06 12 34 56 78 | +33612345678  | FR        |

    @N-3 @N-6
    Scenario: A territory further up does not count where a nearer one is found
      Given the location "France" has the phone territory "FR"
      And a location "Réunion" in "France"
      And the location "Réunion" has the phone territory "RE"
      And Ana is a consumer in Réunion
      When the number "06 12 34 56 78" is validated for Ana
      Then the number is refused by rule N-6
      And the refusal suggests "+262692123456"

    @N-3 @N-4
    Scenario: The territory of a place below does not count
      Given a location "Europe"
      And a location "Germany" in "Europe"
      And the location "Germany" has the phone territory "DE"
      And Ana is a consumer in Europe
      When the number "(201) 555-0123" is validated for Ana
      Then the validated number is "+12015550123"
      And the number is accepted by rule N-4

    @N-3
    Scenario: A location gets its territory later
      Given a location "Germany"
      And a location "Berlin" in "Germany"
      And Ana is a consumer in Berlin
      When the number "0151 23456789" is validated for Ana
      Then the number is refused by rule N-6
      When the location "Germany" gets the phone territory "DE"
      And the number "0151 23456789" is validated for Ana
      Then the validated number is "+4915123456789"

  Rule: Where no territory is found, the default territory decides

    @N-4
    Scenario: The default territory is the United States
      Given a location "Atlantis"
      And Ana is a consumer in Atlantis
      When the number "(201) 555-0123" is validated for Ana
      Then the validated number is "+12015550123"
      And the number is accepted by rule N-4
      And the number belongs to the territory "US"

    @N-4
    Scenario: A number of nobody in the records is read in the default territory
      When the number "(201) 555-0123" is validated for an unknown person
      Then the validated number is "+12015550123"
      And the number is accepted by rule N-4

    @N-4
    Scenario Outline: Each default territory
      Given the setting "default_territory" is "<default>"
      And a location "Atlantis"
      And Ana is a consumer in Atlantis
      When the number "<typed>" is validated for Ana
      Then the validated number is "<stored>"
      And the number is accepted by rule N-4
      And the number belongs to the territory "<default>"

      Examples:
        | default | typed          | stored         |
        | US      | (201) 555-0123 | +12015550123   |
        | DE      | 0151 23456789  | +4915123456789 |
        | FR      | 06 12 34 56 78 | +33612345678   |
        | JP      | 090-1234-5678  | +819012345678  |

    @N-4 @N-6
    Scenario: A number that does not fit the default territory is refused
      When the number "0151 23456789" is validated for an unknown person
      Then the number is refused by rule N-6
      And the refusal suggests "+12015550123"

    @N-4
    Scenario: Without a default territory a local number is refused
      Given the setting "default_territory" is "none"
      And a location "Atlantis"
      And Ana is a consumer in Atlantis
      When the number "(201) 555-0123" is validated for Ana
      Then the number is refused by rule N-4

    @N-4 @N-6
    Scenario: Without a default territory a local number is refused even where misfits are kept
      Given the setting "default_territory" is "none"
      And the setting "glide.phone_number_e164.strict" is "false"
      When the number "(201) 555-0123" is validated for an unknown person
      Then the number is refused by rule N-4

    @N-1 @N-4
    Scenario: Without a default territory the international form is still accepted
      Given the setting "default_territory" is "none"
      When the number "+1 (201) 555-0123" is validated for an unknown person
      Then the validated number is "+12015550123"
      And the number is accepted by rule N-1

    @N-2 @N-4
    Scenario: The default territory does not count where a location has one
      Given the setting "default_territory" is "none"
      And the location "Germany" has the phone territory "DE"
      And Ana is a consumer in Germany
      When the number "0151 23456789" is validated for Ana
      Then the validated number is "+4915123456789"
      And the number is accepted by rule N-2
