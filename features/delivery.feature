Feature: What becomes of a message at the provider
  The provider takes a message or refuses it. What it takes is queued, then sent; later it may
  report that it was delivered, or that it was not, and why. The error codes are Twilio's.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Ana's mobile number is "0151 23456789"
    And Bill is an agent

  Rule: The provider reports what became of a message

    @A-11
    Scenario: A message is delivered
      Given the provider reports every delivery after 30 seconds
      When Bill texts Ana "Your order is ready"
      Then the message is sent
      When 29 seconds pass
      Then the message is sent
      When 1 second passes
      Then the message is delivered
      And the provider has changed the message from sent to delivered by rule A-11
      And these states change
        | entity  | of  | from | to        |
        | message | Ana | sent | delivered |

    @A-11
    Scenario: Failures only are reported unless the company wants more
      Given Ben is a consumer in Berlin
      And Ben's mobile number is "0151 23456780"
      And Ben's number is unreachable
      When Bill texts one after the other
        | to  | text                |
        | Ana | Your order is ready |
        | Ben | Your parcel is here |
      And 1 hour passes
      Then the messages to Ana are
        | text                | state | error |
        | Your order is ready | sent  | -     |
      And the messages to Ben are
        | text                | state       | error |
        | Your parcel is here | undelivered | 30003 |

    @A-11
    Scenario: The report of a failure takes 5 seconds unless the company says otherwise
      Given Ana's number is unreachable
      When Bill texts Ana "Your order is ready"
      And 4 seconds pass
      Then the message is sent
      When 1 second passes
      Then the message is undelivered with error "30003"

    @A-11
    Scenario Outline: What is reported is a setting: <reports>
      Given the setting "delivery_reports" is "<reports>"
      And the setting "delivery_takes" is "10 seconds"
      And Ben is a consumer in Berlin
      And Ben's mobile number is "0151 23456780"
      And Ben's number is blocked
      When Bill texts one after the other
        | to  | text                |
        | Ana | Your order is ready |
        | Ben | Your parcel is here |
      And 9 seconds pass
      Then the messages to Ben are
        | text                | state | error |
        | Your parcel is here | sent  | -     |
      When 1 second passes
      Then the messages to Ana are
        | text                | state   | error |
        | Your order is ready | <ana's> | -     |
      And the messages to Ben are
        | text                | state   | error   |
        | Your parcel is here | <ben's> | <error> |

      Examples:
        | reports  | ana's     | ben's       | error |
        | all      | delivered | undelivered | 30004 |
        | failures | sent      | undelivered | 30004 |
        | none     | sent      | sent        | -     |

    @A-11
    Scenario: A handset that is found in time is reached
      Given the provider reports every delivery after 1 minute
      And Ana's number is unreachable
      When Bill texts Ana "Your order is ready"
      And 30 seconds pass
      And Ana's number is well again
      And 30 seconds pass
      Then the message is delivered

  Rule: What is wrong with a number decides what a message to it gets

    @A-11
    Scenario Outline: Refused at hand-over: the number is <condition>
      Given Ana's number is <condition>
      When Bill texts Ana "Your order is ready"
      Then decision row A-1 applies
      And the message is failed with error "<error>"
      And these states change
        | entity  | of  | from   | to     |
        | message | Ana | -      | queued |
        | message | Ana | queued | failed |
      When 1 hour passes
      Then nothing has changed

      Examples:
        | condition                      | error |
        | invalid                        | 21211 |
        | not a mobile number            | 21614 |
        | in a region without permission | 21408 |
        | a landline                     | 21635 |

    @A-11
    Scenario Outline: Taken, and later undelivered: the number is <condition>
      Given Ana's number is <condition>
      When Bill texts Ana "Your order is ready"
      Then the message is sent
      When 5 seconds pass
      Then the message is undelivered with error "<error>"
      And the provider has changed the message from sent to undelivered by rule A-11
      And these states change
        | entity  | of  | from | to          |
        | message | Ana | sent | undelivered |

      Examples:
        | condition   | error |
        | unreachable | 30003 |
        | blocked     | 30004 |
        | out of use  | 30005 |
        | filtered    | 30007 |
        | disturbed   | 30008 |

    @A-11
    Scenario: The provider tries to reach a landline in some countries
      Given Pam is a consumer in London
      And Pam's mobile number is "020 7946 0018"
      And Pam's number is a landline
      When Bill texts Pam "Your order is ready"
      Then the message is sent
      When 5 seconds pass
      Then the message is undelivered with error "30006"

    @A-11
    Scenario Outline: Any error may be chosen: <error> <when>
      Given <what happens>
      When Bill texts Ana "Your order is ready"
      And 5 seconds pass
      Then the message is <state> with error "<error>"

      Examples:
        | error | when         | what happens                                            | state       |
        | 21408 | at hand-over | the provider refuses messages to Ana with error "21408" | failed      |
        | 30007 | later        | messages to Ana come back with error "30007"            | undelivered |

    @A-11
    Scenario: A text that is too long
      When Bill texts Ana 1600 times "a", then ""
      Then the message is sent
      When Bill texts Ana 1600 times "a", then "b"
      Then the message is failed with error "21617"

    @A-11
    Scenario: Nothing is wrong with the number
      When Ana's number is well again
      Then the change at the provider is refused because "Nothing is wrong with +4915123456789."

  Rule: Only a refusal at hand-over can undo a send

    @A-11
    Scenario: What fails later stays as it was decided
      Given the setting "failed_delivery_undoes_send" is "true"
      And Ana's number is unreachable
      When Bill texts Ana "Your order is ready"
      And 5 seconds pass
      Then the message is undelivered with error "30003"
      And the interaction with Ana is assigned to Bill
      And the number belongs to Ana

    @A-11
    Scenario: What is undone leaves nothing at the provider
      Given the setting "failed_delivery_undoes_send" is "true"
      And the provider reports every delivery after 5 seconds
      And Ana's number is invalid
      When Bill texts Ana "Your order is ready"
      Then the provider's error "21211" has undone the send
      And nothing has changed
      When 1 hour passes
      Then nothing has changed

  Rule: During an outage the provider sends nothing

    @A-11
    Scenario: Messages wait, and go out in their order when it ends
      Given the provider has an outage
      When Bill texts one after the other
        | to  | text   |
        | Ana | First  |
        | Ana | Second |
      Then these messages wait at the provider
        | from        | to  | text   |
        | +4930901820 | Ana | First  |
        | +4930901820 | Ana | Second |
      When 10 minutes pass
      And the outage ends
      Then the messages have left
        | at       | to  | text   |
        | 09:10:00 | Ana | First  |
        | 09:10:00 | Ana | Second |
      And no message waits at the provider
      And the provider has changed the message from queued to sent by rule A-11

    @A-11
    Scenario: Messages are refused
      Given the setting "outage_messages" is "refuse"
      And the provider has an outage
      When Bill texts Ana "Your order is ready"
      Then the message is failed with error "30410"
      When the outage ends
      And Bill texts Ana "Your order is ready"
      Then the message is sent

    @A-11
    Scenario: A message waits 10 hours at most
      Given the provider has an outage
      When Bill texts Ana "Your order is ready"
      And 9 hours 59 minutes pass
      Then the message is queued
      When 1 minute passes
      Then the message is failed with error "30036"
      And the provider has changed the message from queued to failed by rule A-11
      And no message waits at the provider
      When the outage ends
      Then the message is failed with error "30036"

    @A-11
    Scenario: How long a message may wait is a setting
      Given the setting "message_validity" is "1 minute"
      And the provider has an outage
      When Bill texts Ana "Your order is ready"
      And 1 minute passes
      Then the message is failed with error "30036"

    @A-11
    Scenario: What was sent before is delivered all the same
      Given the provider reports every delivery after 30 seconds
      When Bill texts Ana "Your order is ready"
      And the provider has an outage
      And 30 seconds pass
      Then the message is delivered

    @A-11
    Scenario: An outage that never began
      When the outage ends
      Then the change at the provider is refused because "Twilio has no outage that could end."

    @A-11
    Scenario: An outage that has begun already
      Given the provider has an outage
      When the provider has an outage
      Then the change at the provider is refused because "Twilio has an outage already."
