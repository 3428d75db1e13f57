Feature: How fast a number of the company sends
  A number sends so many segments per second; what is more waits in its queue. Twilio counts
  segments, not messages (pages of its errors 21611 and 30001).

  Background:
    Given the company texts from "+49 30 901820"
    And Ana, Ben and Cem are consumers in Berlin
    And Ana's mobile number is "0151 23456789"
    And Ben's mobile number is "0151 23456780"
    And Cem's mobile number is "0151 23456781"
    And Bill is an agent

  @A-11
  Scenario: Without a limit a burst leaves at once
    When Bill texts one after the other
      | to  | text |
      | Ana | A1   |
      | Ben | B1   |
      | Ana | A2   |
    Then the messages have left
      | at       | to  | text |
      | 09:00:00 | Ana | A1   |
      | 09:00:00 | Ben | B1   |
      | 09:00:00 | Ana | A2   |

  @A-11
  Scenario: A burst leaves in its order, one segment per second
    Given "+49 30 901820" sends 1 segment per second
    When Bill texts one after the other
      | to  | text |
      | Ana | A1   |
      | Ben | B1   |
      | Ana | A2   |
      | Cem | C1   |
    Then these messages wait at the provider
      | from        | to  | text |
      | +4930901820 | Ben | B1   |
      | +4930901820 | Ana | A2   |
      | +4930901820 | Cem | C1   |
    When 1 minute passes
    Then the messages have left
      | at       | to  | text |
      | 09:00:00 | Ana | A1   |
      | 09:00:01 | Ben | B1   |
      | 09:00:02 | Ana | A2   |
      | 09:00:03 | Cem | C1   |
    And no message waits at the provider
    And these states change
      | entity  | of  | from   | to   |
      | message | Ben | queued | sent |
      | message | Ana | queued | sent |
      | message | Cem | queued | sent |

  @A-11
  Scenario: A long message keeps the number busy for each of its segments
    Given "+49 30 901820" sends 2 segments per second
    When Bill texts Ana 161 times "a", then ""
    And Bill texts Ben 307 times "b", then ""
    And Bill texts Cem "C1"
    And 1 second passes
    Then the message is queued
    When 1 second passes
    Then the message is queued
    When 1 second passes
    Then the message is sent

  @A-11
  Scenario: Two segments per second
    Given "+49 30 901820" sends 2 segments per second
    When Bill texts one after the other
      | to  | text |
      | Ana | A1   |
      | Ben | B1   |
      | Cem | C1   |
    And 1 minute passes
    Then the messages have left
      | at         | to  | text |
      | 09:00:00   | Ana | A1   |
      | 09:00:00.5 | Ben | B1   |
      | 09:00:01   | Cem | C1   |

  @A-11
  Scenario: Each number has a queue of its own
    Given the company texts from "+49 89 123456"
    And "+49 30 901820" sends 1 segment per second
    And "+49 89 123456" sends 1 segment per second
    When Bill texts Ana from "+49 30 901820" "A1"
    And Bill texts Ben from "+49 89 123456" "B1"
    And Bill texts Cem from "+49 30 901820" "C1"
    And 1 minute passes
    Then the messages have left
      | at       | to  | text |
      | 09:00:00 | Ana | A1   |
      | 09:00:00 | Ben | B1   |
      | 09:00:01 | Cem | C1   |

  @A-11
  Scenario: The number rests before the next message, too
    Given "+49 30 901820" sends 1 segment per second
    When Bill texts Ana 161 times "a", then ""
    And 1 second passes
    And Bill texts Ben "B1"
    Then the message is queued
    When 1 second passes
    Then the message is sent

  @A-11
  Scenario: After an outage the queue leaves at the same speed, newer messages last
    Given "+49 30 901820" sends 1 segment per second
    And the provider has an outage
    When Bill texts one after the other
      | to  | text |
      | Ana | A1   |
      | Ana | A2   |
    And 1 minute passes
    And the outage ends
    And Bill texts Ben "B1"
    And 1 minute passes
    Then the messages have left
      | at       | to  | text |
      | 09:01:00 | Ana | A1   |
      | 09:01:01 | Ana | A2   |
      | 09:01:02 | Ben | B1   |

  @A-11
  Scenario: The limit ends
    Given "+49 30 901820" sends 1 segment per second
    When Bill texts one after the other
      | to  | text |
      | Ana | A1   |
      | Ben | B1   |
      | Cem | C1   |
    And 1 second passes
    And "+49 30 901820" sends without a limit from now on
    Then the messages have left
      | at       | to  | text |
      | 09:00:00 | Ana | A1   |
      | 09:00:01 | Ben | B1   |
      | 09:00:01 | Cem | C1   |

  @A-11
  Scenario: A message that waited too long makes room for the next
    Given the setting "message_validity" is "2 seconds"
    And "+49 30 901820" sends 1 segment per second
    And the provider has an outage
    When Bill texts Ana "A1"
    And 2 seconds pass
    And Bill texts Ben "B1"
    And the outage ends
    Then the messages have left
      | at       | to  | text |
      | 09:00:02 | Ben | B1   |
    And the messages to Ana are
      | text | state  | error |
      | A1   | failed | 30036 |

  @A-11
  Scenario: A queue that is full takes no more, and all that it took leaves in time
    Given the setting "message_validity" is "3 seconds"
    And "+49 30 901820" sends 1 segment per second
    When Bill texts one after the other
      | to  | text |
      | Ana | A1   |
      | Ben | B1   |
      | Cem | C1   |
      | Ana | A2   |
    Then the message is failed with error "21611"
    When 1 second passes
    And Bill texts Ana "A3"
    Then the message is queued
    When 1 minute passes
    Then the messages have left
      | at       | to  | text |
      | 09:00:00 | Ana | A1   |
      | 09:00:01 | Ben | B1   |
      | 09:00:02 | Cem | C1   |
      | 09:00:03 | Ana | A3   |

  @A-11
  Scenario Outline: A limit that lets nothing out is refused: <limit>
    When "+49 30 901820" sends <limit> segments per second from now on
    Then the change at the provider is refused because "A number that sends <limit> segments per second never sends; begin an outage, or give a limit of at least 1."

    Examples:
      | limit |
      | 0     |
      | -1    |
