Feature: Which extension decides, and one that fails
  Of the extensions of a point the applicable one with the lowest order decides. One that
  raises an error, does not end or answers nonsense refuses what was asked, with its name and
  its error; nothing has changed, and the instance goes on.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Ana's business number is "030 123456"
    And Ana's mobile number is "0151 23456789"
    And Bill is an agent

  Rule: The lowest order of those that apply

    @X-1
    Scenario Outline: Orders <business> and <broken>
      Given the extension "Office" with order <business> of Send to offers only business numbers
      And the extension "Broken" with order <broken> of point X-1 raises "no"
      When Bill opens the compose form on Ana's record
      Then Compose SMS is <offered>

      Examples:
        | business | broken | offered                           |
        | 10       | 20     | offered                           |
        | 20       | 10     | not offered because of rule X-1   |

    Scenario Outline: One that does not apply is passed over: <point>
      Given the extension "Elsewhere" with order 0 of point <point> never applies
      And a guest has an SMS conversation with agent Bill at "+49 151 23456780"
      When Bill texts Ana at that number "Is that you, Ana?"
      Then decision row A-2 applies
      And the existing interaction is with Ana

      @X-1
      Examples: The options of Send from and Send to
        | point |
        | X-1   |

      @X-2
      Examples: The record that a number belongs to
        | point |
        | X-2   |

      @X-3
      Examples: The interaction of a number that is claimed
        | point |
        | X-3   |

      @X-4
      Examples: Whether a recipient is valid
        | point |
        | X-4   |

      @X-5
      Examples: Whether a channel is offered
        | point |
        | X-5   |

      @X-6
      Examples: Whom the message is for
        | point |
        | X-6   |

  Rule: An extension that fails refuses a send

    @I-8
    Scenario Outline: <point>: <way>
      Given a guest has an SMS conversation with agent Bill at "+49 151 23456780"
      And the extension "Faulty" of point <point> <way>
      When Bill texts Ana at that number "Is that you, Ana?"
      Then the send is refused by rule <point>
      And the refusal says "<said>"
      And nothing has changed
      And the number belongs to a guest

      @X-1
      Examples: The options of Send from and Send to
        | point | way                         | said                                                    |
        | X-1   | raises "no lines today"     | 'Faulty' raised ValueError: no lines today              |
        | X-1   | never ends                  | 'Faulty' did not end within                             |
        | X-1   | answers nonsense            | 'Faulty' answered 'not a number' to send from           |
        | X-1   | answers something of no use | an object of type object, not a tuple or list           |

      @X-3
      Examples: The interaction of a number that is claimed
        | point | way                         | said                                                    |
        | X-3   | raises "no guests today"    | 'Faulty' raised ValueError: no guests today             |
        | X-3   | never ends                  | 'Faulty' did not end within                             |
        | X-3   | answers nonsense            | the 'contact' 'contact-0', which does not exist         |
        | X-3   | answers something of no use | an object of type object, not a UserDocument or None    |

      @X-4
      Examples: Whether a recipient is valid
        | point | way                         | said                                                    |
        | X-4   | raises "no numbers today"   | 'Faulty' raised ValueError: no numbers today            |
        | X-4   | never ends                  | 'Faulty' did not end within                             |
        | X-4   | answers nonsense            | 'not a number', which is no phone number in E.164       |
        | X-4   | answers something of no use | an object of type object, not a Recipient               |

      @X-5
      Examples: Whether a channel is offered
        | point | way                         | said                                                    |
        | X-5   | raises "no channels today"  | 'Faulty' raised ValueError: no channels today           |
        | X-5   | never ends                  | 'Faulty' did not end within                             |
        | X-5   | answers nonsense            | 'Faulty' answered 'yes', not True or False              |
        | X-5   | answers something of no use | an object of type object, not True or False             |

      @X-6
      Examples: Whom the message is for
        | point | way                         | said                                                    |
        | X-6   | raises "nobody today"       | 'Faulty' raised ValueError: nobody today                |
        | X-6   | never ends                  | 'Faulty' did not end within                             |
        | X-6   | answers nonsense            | the 'contact' 'contact-0', which does not exist         |
        | X-6   | answers something of no use | an object of type object, not a UserDocument or None    |

  Rule: An extension that fails refuses a requester's text

    @X-2 @I-8
    Scenario Outline: X-2: <way>
      Given the extension "Faulty" of point X-2 <way>
      When a text from "+49 151 23456789" reaches "+49 30 901820": "Hello"
      Then the text is refused by rule X-2
      And the refusal of the text says "<said>"
      And Ana has 0 active SMS interactions

      Examples:
        | way                         | said                                                 |
        | raises "no records today"   | 'Faulty' raised ValueError: no records today         |
        | never ends                  | 'Faulty' did not end within                          |
        | answers nonsense            | the 'contact' 'contact-0', which does not exist      |
        | answers something of no use | an object of type object, not a UserDocument or None |

  Rule: The instance goes on

    @X-4 @A-1
    Scenario: What does not ask the extension works
      Given the extension "Faulty" of point X-4 raises "no numbers today"
      When Bill texts Ana "Hello"
      Then the send is refused by rule X-4
      When Ana texts the company "Hello?"
      Then row R-1 of the requester's table applies
      And the interaction with Ana is with the virtual agent
