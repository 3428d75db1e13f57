Feature: One owner per number, or one per line
  A number has at most one active channel user profile, whatever the provider number; that
  this holds outside HR is open. Where the switch says otherwise, every line has an owner of
  its own, and two owners of one number are reported as a broken invariant.

  Background:
    Given the company texts from "+49 30 901820"
    And the company texts from "+49 89 123456"
    And Ana and Ben are consumers in Berlin

  Rule: One owner, whatever the provider number

    Background:
      Given Ana has an SMS conversation with agent Bill at "0151 23456789" through "+49 30 901820"

    @P-7 @P-2
    Scenario: The number is Ana's on the other line, too
      When Bill texts Ben at that number from "+49 89 123456" "Hello Ben"
      Then Bill is warned that the number is currently associated with Ana
      When Bill sends it anyway
      Then the number's profiles have been
        | of  | state    |
        | Ana | inactive |
        | Ben | active   |

    @P-7 @R-1
    Scenario: A text on the other line is Ana's
      When a text from "+49 151 23456789" reaches "+49 89 123456": "Hello"
      Then the requester is matched by rule M-2
      And Ana has 2 active SMS interactions

  Rule: One owner per line, where the switch says so

    Background:
      Given the setting "one_owner_per_number" is "false"
      And Ana has an SMS conversation with agent Bill at "0151 23456789" through "+49 30 901820"

    @P-7 @I-2
    Scenario: The number is free on the other line; two owners break the invariant
      When Bill texts Ben at that number from "+49 89 123456" "Hello Ben"
      Then decision row A-1 applies
      And Bill is not warned
      And invariant I-2 is broken
      And the number's profiles have been
        | of  | state  |
        | Ana | active |
        | Ben | active |

    @P-7 @I-2 @I-6
    Scenario: Each owner is written to on their own line, without a warning
      When Bill texts Ben at that number from "+49 89 123456" "Hello Ben"
      Then invariant I-2 is broken
      When Bill texts Ana at that number from "+49 30 901820" "Hello Ana"
      Then decision row A-2 applies
      And Bill is not warned

    @P-7 @P-4 @I-2
    Scenario: On her own line the number moves away from Ana
      Given Ben has an SMS conversation with agent Bill at "0151 23456780" through "+49 89 123456"
      When Bill texts Ana at that number from "+49 89 123456" "Hello Ana"
      Then Bill is warned that the number is currently associated with Ben
      When Bill sends it anyway
      Then decision row A-4 applies
      And the number's profiles have been
        | of  | state    |
        | Ben | inactive |
        | Ana | active   |

    @P-7 @M-3 @I-2
    Scenario: A text on the other line is not Ana's, but a guest's
      When a text from "+49 151 23456789" reaches "+49 89 123456": "Hello"
      Then the requester is matched by rule M-3
      And invariant I-2 is broken
      And the guest's interaction is New

    @P-7 @M-1
    Scenario: Ana herself needs no second profile on the other line
      Given Ana's mobile number is "0151 23456789"
      When a text from "+49 151 23456789" reaches "+49 89 123456": "Hello"
      Then the requester is matched by rule M-1
      And Ana has 2 active SMS interactions
      And the number's profiles have been
        | of  | state  |
        | Ana | active |

    @P-7 @P-6 @P-10 @I-2
    Scenario: Claiming a guest's number on one line leaves the other line alone
      Given a guest has an SMS conversation with agent Bill at "+49 151 23456781" through "+49 30 901820"
      When Bill texts Ana at that number from "+49 89 123456" "Is that you, Ana?"
      Then decision row A-1 applies
      And invariant I-2 is broken
      And the guest's interaction is Work In Progress

    @P-7
    Scenario: A number that changed hands before the switch is one owner's on every line
      Given the setting "one_owner_per_number" is "true"
      And Ben has an SMS conversation with agent Bill at "0151 23456780" through "+49 30 901820"
      When the setting "one_owner_per_number" becomes "false"
      And Bill texts Ana at that number from "+49 89 123456" "Hello Ana"
      Then Bill is warned that the number is currently associated with Ben
