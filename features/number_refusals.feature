Feature: Phone numbers that are refused
  A number is refused when it has letters or does not fit its territory, and in local format
  where only international entry is allowed. Two system properties of the platform decide.

  Rule: Letters make a number invalid

    @N-5
    Scenario Outline: A number with letters is refused
      Given the location "United States" has the phone territory "US"
      And Ana is a consumer in the United States
      When the number "<typed>" is validated for Ana
      Then the number is refused by rule N-5
      And the refusal suggests "+12015550123"

      Examples:
        | typed                 |
        | 1-800-FLOWERS         |
        | 201 555 O123          |
        | (201) 555-0123 ext. 4 |
        | +12015550123x4        |
        | tel:+12015550123      |
        | call me               |
        | +1 201 555 012З       |

    @N-5 @N-6
    Scenario: Letters are refused even where numbers that do not fit are kept
      Given the setting "glide.phone_number_e164.strict" is "false"
      When the number "1-800-FLOWERS" is validated for an unknown person
      Then the number is refused by rule N-5

    @N-5 @N-7
    Scenario: Letters are named before the missing country code
      Given the setting "glide.phone_number_e164.allow_national_entry" is "false"
      When the number "1-800-FLOWERS" is validated for an unknown person
      Then the number is refused by rule N-5

  Rule: A number that does not fit its territory is refused, or kept as unknown

    @N-6
    Scenario Outline: A number that does not fit is refused
      Given the location "<country>" has the phone territory "<territory>"
      And Ana is a consumer in <country>
      When the number "<typed>" is validated for Ana
      Then the number is refused by rule N-6
      And the refusal suggests "<suggestion>"

      Examples:
        | country       | territory | typed               | suggestion     |
        | France        | FR        | 06 12 34 56         | +33612345678   |
        | France        | FR        | 06 12 34 56 78 90   | +33612345678   |
        | Germany       | DE        | 5                   | +4915123456789 |
        | Germany       | DE        | 0151 23456789 #12   | +4915123456789 |
        | Germany       | DE        | 0151 / 23456789 * 3 | +4915123456789 |
        | Germany       | DE        | +49+151 23456789    | +4915123456789 |
        | Germany       | DE        | +39 2 1234 5678     | +393123456789  |
        | Germany       | DE        | +999 123456         | +12015550123   |
        | United States | US        | 555-0123            | +12015550123   |
        | United States | US        | (555) 555-0123      | +12015550123   |
        | Mexico        | MX        | 044 222 123 4567    | +522221234567  |
        | Mexico        | MX        | +52 1 222 123 4567  | +522221234567  |
        | Italy         | IT        | 0                   | +393123456789  |

    @N-6
    Scenario Outline: An entry without a digit is refused whatever the setting
      Given the setting "glide.phone_number_e164.strict" is "<strict>"
      When the number "<typed>" is validated for an unknown person
      Then the number is refused by rule N-6

      Examples:
        | strict | typed |
        | true   |       |
        | true   | +     |
        | true   | ( ) - |
        | false  |       |
        | false  | +     |
        | false  | ( ) - |

    @N-6 @N-8
    Scenario Outline: Without the strict check a number that does not fit is kept
      Given the setting "glide.phone_number_e164.strict" is "false"
      And the location "<country>" has the phone territory "<territory>"
      And Ana is a consumer in <country>
      When the number "<typed>" is validated for Ana
      Then the validated number is "<stored>"
      And the number is accepted by rule N-6
      And the number belongs to the territory "Other / Unknown"

      Examples:
        | country       | territory | typed          | stored       |
        | France        | FR        | +33 6 12 34 56 | +336123456   |
        | Germany       | DE        | 0151 2345      | +491512345   |
        | Germany       | DE        | 5              | +5           |
        | Germany       | DE        | +999 123456    | +999123456   |
        | United States | US        | (555) 555-0123 | +15555550123 |

    @N-6
    Scenario: Without the strict check a number may also be kept unchanged
      Given the setting "glide.phone_number_e164.strict" is "false"
      When the number "+336123456" is validated for an unknown person
      Then the number is accepted unchanged
      And the number is accepted by rule N-6
      And the number belongs to the territory "Other / Unknown"

    @N-2 @N-6
    Scenario Outline: The strict check does not matter to a number that fits
      Given the setting "glide.phone_number_e164.strict" is "<strict>"
      And the location "Germany" has the phone territory "DE"
      And Ana is a consumer in Germany
      When the number "0151 23456789" is validated for Ana
      Then the validated number is "+4915123456789"
      And the number is accepted by rule N-2
      And the number belongs to the territory "DE"

      Examples:
        | strict |
        | true   |
        | false  |

  Rule: Local format may be switched off

    @N-7
    Scenario Outline: Only entry that starts with a plus sign is accepted
      Given the setting "glide.phone_number_e164.allow_national_entry" is "false"
      And the setting "glide.phone_number_e164.strict" is "<strict>"
      And the location "Germany" has the phone territory "DE"
      And Ana is a consumer in Germany
      When the number "<typed>" is validated for Ana
      Then the number is refused by rule N-7
      And the refusal suggests "+4915123456789"

      Examples:
        | strict | typed             |
        | true   | 0151 23456789     |
        | true   | 0049 151 23456789 |
        | true   | 49 151 23456789   |
        | false  | 0151 23456789     |

    @N-7
    Scenario: By default the same number is accepted
      Given the location "Germany" has the phone territory "DE"
      And Ana is a consumer in Germany
      When the number "0151 23456789" is validated for Ana
      Then the validated number is "+4915123456789"
      And the number is accepted by rule N-2

    @N-1 @N-7
    Scenario: International entry is accepted with local format switched off
      Given the setting "glide.phone_number_e164.allow_national_entry" is "false"
      When the number "+49 151 23456789" is validated for an unknown person
      Then the validated number is "+4915123456789"
      And the number is accepted by rule N-1

    @N-6 @N-7
    Scenario: International entry must still fit with local format switched off
      Given the setting "glide.phone_number_e164.allow_national_entry" is "false"
      When the number "+33 6 12 34 56" is validated for an unknown person
      Then the number is refused by rule N-6
      And the refusal suggests "+33612345678"
