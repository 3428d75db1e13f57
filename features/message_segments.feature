Feature: Message segments
  A text goes out in the GSM 7-bit alphabet where that has all of its characters, else in
  UCS-2. One segment takes 160 septets or 70 code units; of several each takes 153 or 67. A
  character that costs two is never split.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Ana's mobile number is "0151 23456789"
    And Bill is an agent

  Scenario Outline: A short text: <text>
    When Bill texts Ana "<text>"
    Then the message takes 1 segment in <encoding>

    Examples:
      | text               | encoding |
      | Your order         | GSM-7    |
      | Ärger über Öl, ß £ | GSM-7    |
      | 5 € [or] {less} ~  | GSM-7    |
      | Ω and Δ, à la Ç    | GSM-7    |
      | ç is not Ç         | UCS-2    |
      | “Quoted”           | UCS-2    |
      | Привет             | UCS-2    |
      | Thanks 👍          | UCS-2    |
      | é is not é        | UCS-2    |

  Scenario Outline: How many segments: <times> times "<character>", then "<end>"
    When Bill texts Ana <times> times "<character>", then "<end>"
    Then the message takes <count> in <encoding>

    Examples:
      | times | character | end | count      | encoding |
      | 160   | a         |     | 1 segment  | GSM-7    |
      | 161   | a         |     | 2 segments | GSM-7    |
      | 306   | a         |     | 2 segments | GSM-7    |
      | 307   | a         |     | 3 segments | GSM-7    |
      | 158   | a         | €   | 1 segment  | GSM-7    |
      | 159   | a         | €   | 2 segments | GSM-7    |
      | 80    | €         |     | 1 segment  | GSM-7    |
      | 81    | €         |     | 2 segments | GSM-7    |
      | 152   | €         |     | 2 segments | GSM-7    |
      | 153   | €         |     | 3 segments | GSM-7    |
      | 70    | я         |     | 1 segment  | UCS-2    |
      | 71    | я         |     | 2 segments | UCS-2    |
      | 134   | я         |     | 2 segments | UCS-2    |
      | 135   | я         |     | 3 segments | UCS-2    |
      | 68    | a         | 👍  | 1 segment  | UCS-2    |
      | 69    | a         | 👍  | 2 segments | UCS-2    |
      | 35    | 👍        |     | 1 segment  | UCS-2    |
      | 36    | 👍        |     | 2 segments | UCS-2    |
      | 66    | 👍        |     | 2 segments | UCS-2    |
      | 67    | 👍        |     | 3 segments | UCS-2    |

  Scenario: An escape at septet 153 moves to the next segment with its character
    When Bill texts Ana 152 times "a", then "€bcdefghij"
    Then the message takes 2 segments in GSM-7
    And the segments of the message are
      | characters | begins with | ends with  |
      | 152        | aa          | aa         |
      | 10         | €b          | hij        |

  Scenario: A pair that ends at septet 153 stays
    When Bill texts Ana 151 times "a", then "{bcdefghijk"
    Then the message takes 2 segments in GSM-7
    And the segments of the message are
      | characters | begins with | ends with |
      | 152        | aa          | a{        |
      | 10         | bc          | ijk       |

  Scenario: An emoji at code unit 67 moves to the next segment as a whole
    When Bill texts Ana 66 times "я", then "👍да, да"
    Then the message takes 2 segments in UCS-2
    And the segments of the message are
      | characters | begins with | ends with |
      | 66         | яя          | яя        |
      | 7          | 👍д         | да        |
