Feature: Messaging profiles
  Who is it that texts? The number is looked for on the records of users, contacts and
  consumers, and on the channel user profiles, which bind a number to a party. The table of
  the product documentation, case by case:

  | the number is on ...       | and the profile ...   | the interaction is opened for ...  |
  | a user record              | does not exist        | that user, with a new profile  M-1 |
  | no record                  | is bound to a party   | the profile's party            M-2 |
  | no record                  | does not exist        | a guest, profile of nobody     M-3 |
  | a record                   | is bound to another   | the profile's party            M-4 |
  | several records            | does not exist        | a guest, as M-3 (open)         M-5 |
  | a contact, or a consumer   | does not exist        | as M-1 (consumers: open)       M-6 |

  Background:
    Given the company texts from "+49 30 901820"

  Rule: M-1, on a user record and on no profile

    @M-1
    Scenario: A profile is created and the interaction is opened for the user
      Given Uma is a user in Berlin
      And Uma's mobile number is "0151 23456789"
      When Uma texts the company "Hello"
      Then the requester is matched by rule M-1
      And the interaction with Uma is with the virtual agent
      And the number belongs to Uma
      And these states change
        | entity               | of  | from | to     |
        | channel user profile | Uma | -    | active |
        | interaction          | Uma | -    | New    |

    @M-1
    Scenario Outline: Any number of the record will do, the <kind> number as well
      Given Uma is a user in Berlin
      And Uma's <kind> number is "030 123456"
      When a text from "+49 30 123456" reaches "+49 30 901820": "Hello"
      Then the requester is matched by rule M-1
      And the number belongs to Uma

      Examples:
        | kind     |
        | home     |
        | business |

  Rule: M-2, on no record, but a profile knows the number

    @M-2
    Scenario: The interaction is opened for the profile's party, whose record stays as it is
      Given Ana is a consumer in Berlin
      And Ana has an SMS conversation with agent Bill at "0151 23456789"
      And Ana's interaction of type messaging has become Closed Complete
      When a text from "+49 151 23456789" reaches "+49 30 901820": "Thank you"
      Then the requester is matched by rule M-2
      And the interaction with Ana is with the virtual agent
      And the number's profiles have been
        | of  | state  |
        | Ana | active |
      When Bill opens the compose form on Ana's record
      Then Send to offers
        | +4915123456789 |

    @M-2
    Scenario: The profile and the record agree
      Given Uma is a user in Berlin
      And Uma's mobile number is "0151 23456789"
      And Uma has an SMS conversation with agent Bill
      And Uma's interaction of type messaging has become Closed Complete
      When Uma texts the company "Thank you"
      Then the requester is matched by rule M-2
      And the interaction with Uma is with the virtual agent
      And the number's profiles have been
        | of  | state  |
        | Uma | active |

  Rule: M-3, known nowhere

    @M-3
    Scenario: The requester is a guest
      When a text from "+49 151 23456789" reaches "+49 30 901820": "Hello"
      Then the requester is matched by rule M-3
      And the interaction with the guest is with the virtual agent
      And the number belongs to a guest
      And these states change
        | entity               | of    | from | to     |
        | channel user profile | guest | -    | active |
        | interaction          | guest | -    | New    |

    @M-3 @M-2
    Scenario: The guest's profile is there the next time
      Given a guest has an SMS conversation with the virtual agent at "+49 151 23456789"
      And the guest's interaction has become Closed Complete
      When a text from "+49 151 23456789" reaches "+49 30 901820": "Hello again"
      Then the requester is matched by rule M-2
      And the interaction with the guest is with the virtual agent
      And the number's profiles have been
        | of    | state  |
        | guest | active |

  Rule: M-4, record and profile disagree

    @M-4
    Scenario: The record says Ben, the profile says Ana
      Given Ana and Ben are consumers in Berlin
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill
      And Ana's interaction of type messaging has become Closed Complete
      And Ana's mobile number is removed
      And Ben's mobile number is "0151 23456789"
      When a text from "+49 151 23456789" reaches "+49 30 901820": "Thank you"
      Then the requester is matched by rule M-4
      And the interaction with Ana is with the virtual agent
      And the number belongs to Ana

    @M-4 @P-2
    Scenario: An agent verifies who it is and associates the number again
      Given Ana and Ben are consumers in Berlin
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill
      And Ana's interaction of type messaging has become Closed Complete
      And Ana's mobile number is removed
      And Ben's mobile number is "0151 23456789"
      When a text from "+49 151 23456789" reaches "+49 30 901820": "It is Ben"
      Then the requester is matched by rule M-4
      When Bill texts Ben at that number "Hello Ben"
      Then Bill is warned that the number is currently associated with Ana
      When Bill sends it anyway
      Then the number's profiles have been
        | of  | state    |
        | Ana | inactive |
        | Ben | active   |

  Rule: M-5, on several records (open)

    @M-5
    Scenario Outline: On the records of a <one> and a <other>: a guest
      Given Ana is a <one> in Berlin
      And Ben is a <other> in Berlin
      And Ana's mobile number is "0151 23456789"
      And Ben's mobile number is "0151 23456789"
      When a text from "+49 151 23456789" reaches "+49 30 901820": "Hello"
      Then the requester is matched by rule M-5
      And the number belongs to a guest

      Examples:
        | one      | other    |
        | consumer | consumer |
        | contact  | user     |

    @M-5
    Scenario: The first of the records, where the switch says so
      Given the setting "ambiguous_number" is "first_record"
      And Ana and Ben are consumers in Berlin
      And Ana's mobile number is "0151 23456789"
      And Ben's mobile number is "0151 23456789"
      When a text from "+49 151 23456789" reaches "+49 30 901820": "Hello"
      Then the requester is matched by rule M-1
      And the number belongs to Ana

    @M-5 @A-12
    Scenario: A contact and the user of the same person are one, not several
      Given Cem is a contact in Berlin
      And Uma is a user in Berlin
      And Cem is the same person as the user Uma
      And Cem's mobile number is "0151 23456789"
      And Uma's mobile number is "0151 23456789"
      When a text from "+49 151 23456789" reaches "+49 30 901820": "Hello"
      Then the requester is matched by rule M-1
      And the number belongs to Cem

  Rule: M-6, on a customer contact, or a consumer (open)

    @M-6
    Scenario Outline: The number is on the record of a <kind>
      Given Cem is a <kind> in Berlin
      And Cem's mobile number is "0151 23456789"
      When Cem texts the company "Hello"
      Then the requester is matched by rule M-1
      And the interaction with Cem is with the virtual agent
      And the number belongs to Cem

      Examples:
        | kind     |
        | contact  |
        | consumer |

    @M-6
    Scenario: Consumers are not looked up, where the switch says so
      Given the setting "match_consumers" is "false"
      And Ana is a consumer in Berlin
      And Ana's mobile number is "0151 23456789"
      When Ana texts the company "Hello"
      Then the requester is matched by rule M-3
      And the number belongs to a guest

    @M-6
    Scenario: Contacts are looked up even then
      Given the setting "match_consumers" is "false"
      And Ana is a consumer in Berlin
      And Cem is a contact in Berlin
      And Ana's mobile number is "0151 23456789"
      And Cem's mobile number is "0151 23456789"
      When a text from "+49 151 23456789" reaches "+49 30 901820": "Hello"
      Then the requester is matched by rule M-1
      And the number belongs to Cem
