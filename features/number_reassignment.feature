Feature: A number that belongs to someone else
  Whose a number is says its active channel user profile, not the phone field of a record.
  An agent who writes to another party at such a number is warned before the number moves,
  and it moves by a new profile: the old one is deactivated and never becomes active again.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana, Ben and Cem are consumers in Berlin

  Rule: A reply to a phone call goes to the party who called

    @P-1 @P-2 @C-7
    Scenario: The reply is for the consumer of the phone interaction
      Given Ana's mobile number is "0151 23456789"
      And Ana's interaction of type phone is open with agent Bill
      When Bill replies to Ana's interaction of type phone with "As we discussed"
      Then decision row A-1 applies
      And Bill is not warned
      And a new SMS interaction with Ana is assigned to Bill
      And the number belongs to Ana

    @P-1 @P-2 @P-4 @A-8
    Scenario: The caller's number has become another consumer's since
      Given Ana's mobile number is "0151 23456789"
      And Ana's interaction of type phone is open with agent Bill
      And Ben's mobile number is "0151 23456789"
      And Ben has an SMS conversation with agent Cleo at that number
      And Ben's interaction of type messaging has become Closed Complete
      When Bill replies to Ana's interaction of type phone at that number with "As we discussed"
      Then Bill is warned that the number is currently associated with Ben
      And nothing has changed
      When Bill sends it anyway
      Then decision row A-1 applies
      And a new SMS interaction with Ana is assigned to Bill
      And the number belongs to Ana
      And these states change
        | entity               | of  | from   | to               |
        | channel user profile | Ben | active | inactive         |
        | channel user profile | Ana | -      | active           |
        | interaction          | Ana | -      | New              |
        | interaction          | Ana | New    | Work In Progress |

    @P-1 @P-2 @A-4
    Scenario: The caller's number is in use by another consumer right now
      Given Ana's mobile number is "0151 23456789"
      And Ana's interaction of type phone is open with agent Bill
      And Ben's mobile number is "0151 23456789"
      And Ben has an SMS conversation with agent Cleo at that number
      When Bill replies to Ana's interaction of type phone at that number with "As we discussed"
      Then Bill is warned that the number is currently associated with Ben
      When Bill sends it anyway
      Then decision row A-4 applies
      And Ben's interaction is closed
      And a new SMS interaction with Ana is assigned to Bill
      And the number belongs to Ana

  Rule: A number that was taken off a record is still its owner's until a send takes it over

    @P-3 @P-2 @P-4 @A-8
    Scenario: Disconnected from Ana, then picked for Ben
      Given Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill at that number
      And Ana's interaction of type messaging has become Closed Complete
      And Ana's mobile number is removed
      And Ben's mobile number is "0151 23456789"
      And Ben's interaction of type phone is open with agent Cleo
      When Cleo texts Ben at that number "Your parcel is here"
      Then Cleo is warned that the number is currently associated with Ana
      And nothing has changed
      When Cleo sends it anyway
      Then decision row A-1 applies
      And the number belongs to Ben
      And a new SMS interaction with Ben is assigned to Cleo
      And these states change
        | entity               | of  | from   | to               |
        | channel user profile | Ana | active | inactive         |
        | channel user profile | Ben | -      | active           |
        | interaction          | Ben | -      | New              |
        | interaction          | Ben | New    | Work In Progress |

    @P-3 @A-4
    Scenario: Disconnected from Ana while her conversation goes on
      Given Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill at that number
      And Ana's mobile number is removed
      And Ben's mobile number is "0151 23456789"
      And Ben's interaction of type phone is open with agent Cleo
      When Cleo texts Ben at that number "Your parcel is here"
      Then Cleo is warned that the number is currently associated with Ana
      When Cleo sends it anyway
      Then decision row A-4 applies
      And Ana's interaction is closed
      And the number belongs to Ben

    @P-3 @C-7
    Scenario: Disconnected, and still filled in for the one who owns it
      Given Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill at that number
      And Ana's mobile number is removed
      When Bill opens the compose form on Ana's record
      Then Send to is filled with "+4915123456789"
      And the number belongs to Ana

    @P-3 @P-9
    Scenario: Disconnected from a consumer who never had a conversation
      Given Ana's mobile number is "0151 23456789"
      And Ana's mobile number is removed
      And Ben's mobile number is "0151 23456789"
      And Cleo is an agent
      When Cleo texts Ben at that number "Your parcel is here"
      Then Cleo is not warned
      And decision row A-1 applies
      And the number belongs to Ben

  Rule: The warning comes before anything happens

    @P-2 @I-8
    Scenario: Before the answer to the warning nothing has changed
      Given Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill at that number
      And Cleo is an agent
      When Cleo texts Ben at Ana's number "Your parcel is here"
      Then Cleo is warned that the number is currently associated with Ana
      And nothing has changed
      And the number belongs to Ana
      And Ana's interaction is Work In Progress

    @P-2 @C-9
    Scenario: A preview shows the warning, the card and the row, and changes nothing
      Given Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill at that number
      And Cleo is an agent
      When Cleo previews a text to Ben at that number
      Then Cleo is warned that the number is currently associated with Ana
      And decision row A-4 would apply
      And the card of the conversation says
        | party       | Ana |
        | assigned to | Bill |
      And nothing has changed

    @P-2 @P-9
    Scenario: The validation tells whose the number is
      Given Ana's mobile number is "0151 23456789"
      When Ben's mobile number becomes "0151 23456789"
      Then for Ana the number is free
      And for Ben the number is free

    @P-9
    Scenario: The validation names the other party
      Given Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill at that number
      When Bill previews a text to Ana
      Then for Ana the number is their own
      And for Ben the number is another party's: Ana

    @P-9
    Scenario: The validation knows a guest's number
      Given a guest has an SMS conversation with the virtual agent at "+49 151 23456789"
      When Ben's mobile number becomes "0151 23456789"
      Then for Ben the number is a guest's

  Rule: The agent may decline

    @P-5 @I-8
    Scenario: Declining sends nothing and changes nothing
      Given Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill at that number
      And Cleo is an agent
      When Cleo texts Ben at Ana's number "Your parcel is here"
      And Cleo declines
      Then nothing has changed
      And the number belongs to Ana
      And Ana's interaction is Work In Progress
      And Ben has 0 active SMS interactions
      And these states change
        | entity | of | from | to |

    @P-5
    Scenario: Declining, then writing to the owner after all
      Given Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill at that number
      And Cleo is an agent
      When Cleo texts Ben at Ana's number "Your parcel is here"
      And Cleo declines
      And Cleo texts Ana "Sorry, one moment"
      Then decision row A-2 applies
      And the agents in the conversation with Ana are Bill and Cleo

    @P-5 @I-8
    Scenario: With the switch off, declining has moved the number already
      Given the setting "decline_changes_nothing" is "false"
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill at that number
      And Cleo is an agent
      When Cleo texts Ben at Ana's number "Your parcel is here"
      And Cleo declines
      Then the number belongs to Ben
      And Ana's interaction is Work In Progress
      And Ben has 0 active SMS interactions
      And invariant I-8 is broken

  Rule: A number moves by a new profile, every time

    @A-4 @P-4 @P-2
    Scenario: The number now belongs to someone else
      Given Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill at that number
      And Ben's interaction of type phone is open with agent Cleo
      When Cleo texts Ben at Ana's number "Your parcel is here"
      Then Cleo is warned that the number is currently associated with Ana
      When Cleo sends it anyway
      Then decision row A-4 applies
      And Ana's interaction is closed
      And the number belongs to Ben
      And a new SMS interaction with Ben is assigned to Cleo
      And these states change
        | entity               | of  | from             | to               |
        | interaction          | Ana | Work In Progress | Closed Complete  |
        | channel user profile | Ana | active           | inactive         |
        | channel user profile | Ben | -                | active           |
        | interaction          | Ben | -                | New              |
        | interaction          | Ben | New              | Work In Progress |

    @P-4 @I-10 @A-4
    Scenario: From Ana to Ben to Cem and back to Ana
      Given Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill at that number
      When Bill texts Ben at that number "Hello Ben"
      And Bill sends it anyway
      Then decision row A-4 applies
      And the number belongs to Ben
      When Bill texts Cem at that number "Hello Cem"
      Then Bill is warned that the number is currently associated with Ben
      When Bill sends it anyway
      Then decision row A-4 applies
      And the number belongs to Cem
      When Bill texts Ana at that number "Hello again"
      Then Bill is warned that the number is currently associated with Cem
      When Bill sends it anyway
      Then decision row A-4 applies
      And the number belongs to Ana
      And the number's profiles have been
        | of  | state    |
        | Ana | inactive |
        | Ben | inactive |
        | Cem | inactive |
        | Ana | active   |
      And Ana has 1 active SMS interaction
      And Ben has 0 active SMS interactions
      And Cem has 0 active SMS interactions

    @P-4 @P-7 @I-2
    Scenario: A party may own several numbers, each with its own profile
      Given Ana's mobile number is "0151 23456789"
      And Ana's home number is "030 123456"
      And Ana has an SMS conversation with agent Bill at "0151 23456789"
      When Bill texts Ana at "030 123456" "To your other number"
      Then decision row A-1 applies
      And "+4915123456789" belongs to Ana
      And "+4930123456" belongs to Ana

    @P-4
    Scenario: Only the number that was written to moves
      Given Ana's mobile number is "0151 23456789"
      And Ana's home number is "030 123456"
      And Ana has an SMS conversation with agent Bill at "0151 23456789"
      And Ana has an SMS conversation with agent Bill at "030 123456"
      When Bill texts Ben at "030 123456" "Your parcel is here"
      And Bill sends it anyway
      Then "+4930123456" belongs to Ben
      And "+4915123456789" belongs to Ana
      And Ana has 1 active SMS interaction

    @P-7 @I-2
    Scenario: A number has one owner whatever number of the company it writes to
      Given the company texts from "+49 89 123456"
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill through "+49 30 901820"
      When Bill texts Ben at that number from "+49 89 123456" "Your parcel is here"
      Then Bill is warned that the number is currently associated with Ana
      When Bill sends it anyway
      Then decision row A-1 applies
      And the number's profiles have been
        | of  | state    |
        | Ana | inactive |
        | Ben | active   |

  Rule: The previous owner's conversations on other lines are a switch

    @P-8
    Scenario: They go on
      Given the company texts from "+49 89 123456"
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill through "+49 30 901820"
      When Bill texts Ben at that number from "+49 89 123456" "Your parcel is here"
      And Bill sends it anyway
      Then Ana's interaction is Work In Progress
      And Ana has 1 active SMS interaction
      And the number belongs to Ben

    @P-8
    Scenario: They are closed
      Given the setting "other_lines_on_reassignment" is "close"
      And the company texts from "+49 89 123456"
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill through "+49 30 901820"
      When Bill texts Ben at that number from "+49 89 123456" "Your parcel is here"
      And Bill sends it anyway
      Then Ana's interaction is closed
      And the number belongs to Ben
      And these states change
        | entity               | of  | from             | to               |
        | channel user profile | Ana | active           | inactive         |
        | channel user profile | Ben | -                | active           |
        | interaction          | Ana | Work In Progress | Closed Complete  |
        | interaction          | Ben | -                | New              |
        | interaction          | Ben | New              | Work In Progress |

    @P-8 @A-4
    Scenario: Ana's conversation on the line is closed, the one on the other line goes on
      Given the company texts from "+49 89 123456"
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill through "+49 30 901820"
      And Ana has an SMS conversation with agent Bill through "+49 89 123456"
      When Bill texts Ben at that number from "+49 89 123456" "Your parcel is here"
      And Bill sends it anyway
      Then decision row A-4 applies
      And the existing interaction is closed
      And Ana has 1 active SMS interaction

    @P-8 @A-4
    Scenario: Back on the line where the previous owner still talks
      Given the company texts from "+49 89 123456"
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill through "+49 30 901820"
      When Bill texts Ben at that number from "+49 89 123456" "Your parcel is here"
      And Bill sends it anyway
      And Bill texts Ben at that number from "+49 30 901820" "And another one"
      Then decision row A-4 applies
      And Bill is not warned
      And Ana has 0 active SMS interactions
      And the number's profiles have been
        | of  | state    |
        | Ana | inactive |
        | Ben | active   |
