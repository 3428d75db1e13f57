Feature: An interaction in Wrap Up
  Its conversation has ended, its record has not closed. Whether it still counts as an active
  conversation is open; by default it does not.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Ana's mobile number is "0151 23456789"
    And Ana has an SMS conversation with agent Bill
    And Ana's interaction of type messaging has become Wrap Up
    And Cleo is an agent

  @A-13 @A-1
  Scenario: A send begins a new conversation and leaves the record alone
    When Cleo texts Ana "One more thing"
    Then decision row A-1 applies
    And a new SMS interaction with Ana is assigned to Cleo
    And these states change
      | entity      | of  | from | to               |
      | interaction | Ana | -    | New              |
      | interaction | Ana | New  | Work In Progress |

  @A-13 @A-2
  Scenario: A send goes into the conversation
    Given the setting "wrap_up_is_active" is "true"
    When Cleo texts Ana "One more thing"
    Then decision row A-2 applies
    And the message goes into the existing interaction
    And the existing interaction is Wrap Up
    And the interaction with Ana is assigned to Bill

  @A-13 @P-2 @A-8
  Scenario: A different party is warned about the number all the same
    Given Ben is a consumer in Berlin
    When Cleo texts Ben at Ana's number "Your parcel is here"
    Then Cleo is warned that the number is currently associated with Ana
    When Cleo sends it anyway
    Then decision row A-1 applies
    And the number belongs to Ben
    And Ana's interaction is Wrap Up
