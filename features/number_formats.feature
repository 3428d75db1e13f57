Feature: The formats of phone numbers
  Before an agent can text somebody, the number that was typed is checked and brought
  into the form in which numbers are stored, E.164: a plus sign, the country code and
  the number, in digits only. A number in local format is read with the phone territory
  of the consumer's location.

  Rule: A number in international form is accepted wherever the consumer is

    @N-1
    Scenario Outline: A number in E.164 is accepted unchanged
      Given the location "Japan" has the phone territory "JP"
      And Ana is a consumer in Japan
      When the number "<number>" is validated for Ana
      Then the validated number is "<number>"
      And the number is accepted unchanged
      And the number is accepted by rule N-1
      And the number belongs to the territory "<territory>"

      Examples: Numbers whose country code is their territory's own
        | number         | territory |
        | +819012345678  | JP        |
        | +4915123456789 | DE        |
        | +5491123456789 | AR        |
        | +522221234567  | MX        |
        | +37866661212   | SM        |

      Examples: Numbers that share their country code with another territory
        | number        | territory |
        | +12015550123  | US        |
        | +15062345678  | CA        |
        | +18762101234  | JM        |
        | +447400123456 | GB        |
        | +447781123456 | GG        |
        | +447797712345 | JE        |
        | +79123456789  | RU        |
        | +77710009998  | KZ        |
        | +390212345678 | IT        |
        | +390669812345 | VA        |
        | +3581812345   | AX        |
        | +262639012345 | YT        |

      Examples: Numbers that no territory owns
        | number        | territory       |
        | +80012345678  | Other / Unknown |
        | +881612345678 | Other / Unknown |

    @N-1
    Scenario: A number in E.164 needs no location
      When the number "+4915123456789" is validated for an unknown person
      Then the validated number is "+4915123456789"
      And the number is accepted unchanged
      And the number is accepted by rule N-1

    @N-1 @N-8
    Scenario Outline: What only makes a number readable is not stored
      Given the location "United States" has the phone territory "US"
      And Ana is a consumer in the United States
      When the number "<typed>" is validated for Ana
      Then the validated number is "+4915123456789"
      And the number is converted
      And the number is accepted by rule N-1

      Examples:
        | typed                         |
        | +49 151 23456789              |
        | +49-151-234-567-89            |
        | (+49) 151 23456789            |
        | +49 (0)151 23456789           |
        | +49 (151) 2345.67/89          |
        | ＋49 151 23456789             |
        | +４９ １５１ ２３４５６７８９ |
        | +٤٩ ١٥١ ٢٣٤٥٦٧٨٩              |

    @N-1 @N-8
    Scenario: The zero of an Italian landline stays in the international form
      When the number "+39 02 1234 5678" is validated for an unknown person
      Then the validated number is "+390212345678"
      And the number belongs to the territory "IT"

    @N-1 @N-8
    Scenario: An Argentine mobile typed with its local 15 gets the 9 of the international form
      When the number "+54 11 15 2345 6789" is validated for an unknown person
      Then the validated number is "+5491123456789"
      And the number belongs to the territory "AR"

  Rule: A number in local format is read where the consumer is

    @N-2 @N-8
    Scenario Outline: Numbers in the local formats of the world
      Given the location "<country>" has the phone territory "<territory>"
      And Ana is a consumer in <country>
      When the number "<typed>" is validated for Ana
      Then the validated number is "<stored>"
      And the number is converted
      And the number is accepted by rule N-2
      And the number belongs to the territory "<territory>"

      Examples: A trunk zero that the international form drops
        | country        | territory | typed           | stored         |
        | Germany        | DE        | 0151 23456789   | +4915123456789 |
        | Germany        | DE        | 0151/234 567-89 | +4915123456789 |
        | Germany        | DE        | (030) 901820    | +4930901820    |
        | United Kingdom | GB        | 07400 123456    | +447400123456  |
        | United Kingdom | GB        | 020 7946 0018   | +442079460018  |
        | France         | FR        | 06 12 34 56 78  | +33612345678   |
        | Austria        | AT        | 0664 123456     | +43664123456   |
        | Switzerland    | CH        | 078 123 45 67   | +41781234567   |
        | Netherlands    | NL        | 06 12345678     | +31612345678   |
        | Sweden         | SE        | 070-123 45 67   | +46701234567   |
        | Turkey         | TR        | 0501 234 56 78  | +905012345678  |
        | South Africa   | ZA        | 071 123 4567    | +27711234567   |
        | Australia      | AU        | 0412 345 678    | +61412345678   |
        | India          | IN        | 081234 56789    | +918123456789  |
        | Japan          | JP        | 090-1234-5678   | +819012345678  |
        | South Korea    | KR        | 010-2000-0000   | +821020000000  |
        | Thailand       | TH        | 081 234 5678    | +66812345678   |

      Examples: Other trunk prefixes, and carrier codes
        | country   | territory | typed              | stored         |
        | Russia    | RU        | 8 (912) 345-67-89  | +79123456789   |
        | Belarus   | BY        | 8 029 491-19-11    | +375294911911  |
        | Hungary   | HU        | (06 20) 123 4567   | +36201234567   |
        | Lithuania | LT        | 8 612 34567        | +37061234567   |
        | Lithuania | LT        | (0-612) 34567      | +37061234567   |
        | Brazil    | BR        | (11) 96123-4567    | +5511961234567 |
        | Brazil    | BR        | 0 15 11 96123-4567 | +5511961234567 |

      Examples: No trunk prefix
        | country | territory | typed         | stored         |
        | Spain   | ES        | 612 34 56 78  | +34612345678   |
        | Poland  | PL        | 512 345 678   | +48512345678   |
        | Denmark | DK        | 32 12 34 56   | +4532123456    |
        | Norway  | NO        | 406 12 345    | +4740612345    |
        | China   | CN        | 131 2345 6789 | +8613123456789 |

      Examples: A zero that belongs to the number
        | country      | territory | typed         | stored         |
        | Italy        | IT        | 02 1234 5678  | +390212345678  |
        | Italy        | IT        | 312 345 6789  | +393123456789  |
        | San Marino   | SM        | 0549 886377   | +3780549886377 |
        | Vatican City | VA        | 06 698 12345  | +390669812345  |
        | Ivory Coast  | CI        | 01 23 45 6789 | +2250123456789 |

      Examples: Mobile numbers with a form of their own abroad
        | country   | territory | typed            | stored         |
        | Argentina | AR        | 011 15-2345-6789 | +5491123456789 |
        | Argentina | AR        | 0351 15-234-5678 | +5493512345678 |
        | Argentina | AR        | 11 2345-6789     | +541123456789  |
        | Mexico    | MX        | 222 123 4567     | +522221234567  |

      Examples: The +1 areas
        | country            | territory | typed          | stored       |
        | United States      | US        | (201) 555-0123 | +12015550123 |
        | United States      | US        | 1-201-555-0123 | +12015550123 |
        | United States      | US        | 201.555.0123   | +12015550123 |
        | Canada             | CA        | (506) 234-5678 | +15062345678 |
        | Jamaica            | JM        | (876) 210-1234 | +18762101234 |
        | Dominican Republic | DO        | 809-234-5678   | +18092345678 |
        | Puerto Rico        | PR        | (787) 234-5678 | +17872345678 |
        | Bahamas            | BS        | 242 359 1234   | +12423591234 |

      Examples: Other country codes that several territories share
        | country    | territory | typed            | stored        |
        | Guernsey   | GG        | 07781 123456     | +447781123456 |
        | Jersey     | JE        | 07797 712345     | +447797712345 |
        | Kazakhstan | KZ        | 8 (771) 000 9998 | +77710009998  |
        | Mayotte    | YT        | 0639 01 23 45    | +262639012345 |
        | Curaçao    | CW        | 9 518 1234       | +59995181234  |

    @N-2
    Scenario Outline: A local number may be that of a neighbour with the same country code
      Given the location "<country>" has the phone territory "<territory>"
      And Ana is a consumer in <country>
      When the number "<typed>" is validated for Ana
      Then the validated number is "<stored>"
      And the number is accepted by rule N-2
      And the number belongs to the territory "<owner>"

      Examples:
        | country        | territory | typed             | stored        | owner |
        | United Kingdom | GB        | 07781 123456      | +447781123456 | GG    |
        | United States  | US        | (242) 359-1234    | +12423591234  | BS    |
        | Russia         | RU        | 8 (771) 000-99-98 | +77710009998  | KZ    |
        | Italy          | IT        | 06 698 12345      | +390669812345 | VA    |

    @N-2
    Scenario Outline: A number dialled abroad from where the consumer is
      Given the location "<country>" has the phone territory "<territory>"
      And Ana is a consumer in <country>
      When the number "<typed>" is validated for Ana
      Then the validated number is "+4915123456789"
      And the number is accepted by rule N-2
      And the number belongs to the territory "DE"

      Examples:
        | country       | territory | typed                 |
        | France        | FR        | 00 49 151 23456789    |
        | United States | US        | 011 49 151 23456789   |
        | Japan         | JP        | 010 49 151 23456789   |
        | Australia     | AU        | 0011 49 151 23456789  |
        | Russia        | RU        | 8 10 49 151 23456789  |
        | Brazil        | BR        | 00 21 49 151 23456789 |

    @N-2
    Scenario: The same digits are two numbers for two consumers
      Given the location "France" has the phone territory "FR"
      And the location "Netherlands" has the phone territory "NL"
      And Ana is a consumer in France
      And Ben is a consumer in the Netherlands
      When the number "0612345678" is validated for Ana
      Then the validated number is "+33612345678"
      When the number "0612345678" is validated for Ben
      Then the validated number is "+31612345678"
