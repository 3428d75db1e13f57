Feature: The company's numbers and the provider
  A message goes out from a number of the company, over a provider that may refuse it.

  Background:
    Given Ana is a consumer in Berlin
    And Ana's mobile number is "0151 23456789"
    And Bill is an agent

  Rule: The number to send from

    @C-5
    Scenario: The only number is used without asking
      Given the company texts from "+49 30 901820"
      When Bill texts Ana "Your order is ready"
      Then the message goes out from "+4930901820" to "+4915123456789"

    @C-5
    Scenario: Of several the agent picks one
      Given the company texts from "+49 30 901820"
      And the company texts from "+49 89 123456"
      When Bill texts Ana from "+49 89 123456" "Your order is ready"
      Then decision row A-1 applies
      And the message goes out from "+4989123456" to "+4915123456789"

    @C-5 @I-8
    Scenario: Of several none is picked
      Given the company texts from "+49 30 901820"
      And the company texts from "+49 89 123456"
      When Bill texts Ana "Your order is ready"
      Then the send is refused by rule C-5
      And the refusal says "+4930901820, +4989123456"
      And nothing has changed

    @A-10 @I-8
    Scenario Outline: A typed number that is not configured is refused: <number>
      Given the company texts from "+49 30 901820"
      And the setting "unknown_provider_number" is "refuse"
      When Bill texts Ana from "<number>" "Your order is ready"
      Then the send is refused by rule A-10
      And the refusal says "+4930901820"
      And Ana has 0 active SMS interactions

      Examples:
        | number        |
        | +49 89 123456 |
        | Parcels       |

    @A-10
    Scenario: Refusing is the default
      Given the company texts from "+49 30 901820"
      When Bill texts Ana from "+49 89 123456" "Your order is ready"
      Then the send is refused by rule A-10

    @A-10
    Scenario Outline: A typed number that is not configured is allowed: <number>
      Given the company texts from "+49 30 901820"
      And the setting "unknown_provider_number" is "allow"
      When Bill texts Ana from "<number>" "Your order is ready"
      Then decision row A-1 applies
      And the message goes out from "<sent from>" to "+4915123456789"

      Examples:
        | number        | sent from   |
        | +49 89 123456 | +4989123456 |
        | Parcels       | Parcels     |

  Rule: The provider may refuse a message

    @A-11
    Scenario: The send stays as decided, and the message says why it failed
      Given the company texts from "+49 30 901820"
      And the provider refuses messages to Ana with error "21211"
      When Bill texts Ana "Your order is ready"
      Then decision row A-1 applies
      And the message is failed with error "21211"
      And a new SMS interaction with Ana is assigned to Bill
      And the number belongs to Ana
      And these states change
        | entity      | of  | from   | to               |
        | interaction | Ana | -      | New              |
        | interaction | Ana | New    | Work In Progress |
        | message     | Ana | -      | queued           |
        | message     | Ana | queued | failed           |

    @A-11
    Scenario: The whole send is undone
      Given the company texts from "+49 30 901820"
      And the setting "failed_delivery_undoes_send" is "true"
      And the provider refuses messages to Ana with error "21211"
      When Bill texts Ana "Your order is ready"
      Then the provider's error "21211" has undone the send
      And nothing has changed
      And Ana has 0 active SMS interactions
      And the number belongs to nobody

    @A-11 @A-4
    Scenario: A number does not move when the send is undone
      Given the company texts from "+49 30 901820"
      And Ben is a consumer in Berlin
      And Ana has an SMS conversation with agent Bill
      And the setting "failed_delivery_undoes_send" is "true"
      And the provider refuses messages to Ana with error "21614"
      When Bill texts Ben at Ana's number "Your parcel is here"
      And Bill sends it anyway
      Then the provider's error "21614" has undone the send
      And nothing has changed
      And the number belongs to Ana
      And Ana's interaction is Work In Progress

    @A-11 @A-4
    Scenario: A number moves although the message fails
      Given the company texts from "+49 30 901820"
      And Ben is a consumer in Berlin
      And Ana has an SMS conversation with agent Bill
      And the provider refuses messages to Ana with error "21614"
      When Bill texts Ben at Ana's number "Your parcel is here"
      And Bill sends it anyway
      Then decision row A-4 applies
      And the message is failed with error "21614"
      And the number belongs to Ben
      And Ana's interaction is closed
