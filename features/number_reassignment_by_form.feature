Feature: Whose the number was, by how the send begins
  The agent replies to a phone interaction, takes the number that is filled in, picks another
  of the party's numbers, or types one. Whose the number was decides the same way each time.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana and Ben are consumers in Berlin
    And Ben's mobile number is "0151 23456789"
    And Bill and Cleo are agents

  Rule: The number is Ben's own

    @P-9 @P-1
    Scenario: Bill replies to Ben's call
      Given Ben has an SMS conversation with agent Cleo
      And Ben's interaction of type phone is open with agent Bill
      When Bill replies to Ben's interaction of type phone with "As we discussed"
      Then decision row A-2 applies
      And Bill is not warned
      And the number's profiles have been
        | of  | state  |
        | Ben | active |

    @P-9 @C-7
    Scenario: Bill picks Ben's other number
      Given Ben's home number is "030 123456"
      And Ben has an SMS conversation with agent Cleo at "030 123456"
      And Ben has an SMS conversation with agent Cleo at "0151 23456789"
      When Bill texts Ben at "030 123456" "As we discussed"
      Then decision row A-2 applies
      And Bill is not warned
      And "+4930123456" belongs to Ben

  Rule: The number is a guest's

    @P-6 @P-1
    Scenario: Bill replies to Ben's call and finds a guest at the number
      Given Ben's mobile number is removed
      And a guest has an SMS conversation with agent Cleo at "+49 151 23456789"
      And Ben's mobile number is "0151 23456789"
      And Ben's interaction of type phone is open with agent Bill
      When Bill replies to Ben's interaction of type phone with "As we discussed"
      Then decision row A-2 applies
      And Bill is not warned
      And the number belongs to Ben
      And the existing interaction is with Ben

    @P-6
    Scenario: Bill takes the number that is filled in and finds a guest at it
      Given Ben's mobile number is removed
      And a guest has an SMS conversation with the virtual agent at "+49 151 23456789"
      And Ben's mobile number is "0151 23456789"
      When Bill texts Ben "Is that you, Ben?"
      Then decision row A-3 applies
      And Bill is not warned
      And the number belongs to Ben

    @P-6
    Scenario: Bill picks Ben's other number and finds a guest at it
      Given a guest has an SMS conversation with agent Cleo at "+49 30 123456"
      And Ben's home number is "030 123456"
      When Bill texts Ben at "030 123456" "Is that you, Ben?"
      Then decision row A-2 applies
      And Bill is not warned
      And the number belongs to Ben

  Rule: The number is Ana's

    @P-2 @P-3 @P-4
    Scenario: Bill takes the number that is filled in, which was Ana's
      Given Ben's mobile number is removed
      And Ana has an SMS conversation with agent Cleo at "0151 23456789"
      And Ana's interaction of type messaging has become Closed Complete
      And Ben's mobile number is "0151 23456789"
      When Bill texts Ben "Your parcel is here"
      Then Bill is warned that the number is currently associated with Ana
      When Bill sends it anyway
      Then decision row A-1 applies
      And the number's profiles have been
        | of  | state    |
        | Ana | inactive |
        | Ben | active   |

    @P-2 @P-4 @A-4
    Scenario: Bill picks Ben's other number, which is Ana's
      Given Ana has an SMS conversation with agent Cleo at "030 123456"
      And Ben's home number is "030 123456"
      When Bill texts Ben at "030 123456" "Your parcel is here"
      Then Bill is warned that the number is currently associated with Ana
      When Bill sends it anyway
      Then decision row A-4 applies
      And Ana's interaction is closed
      And "+4930123456" belongs to Ben

  Rule: The number is free

    @P-9 @P-1 @A-1
    Scenario Outline: Nobody is warned when <beginning>
      Given Ben's home number is "030 123456"
      And Ben's interaction of type phone is open with agent Bill
      When <sending>
      Then decision row A-1 applies
      And Bill is not warned
      And "<number>" belongs to Ben

      Examples:
        | beginning                       | sending                                                | number         |
        | Bill replies to Ben's call      | Bill replies to Ben's interaction of type phone with "Hello" | +4915123456789 |
        | Bill composes and types         | Bill texts Ben at "030 654321" "Hello"                 | +4930654321    |
