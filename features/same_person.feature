Feature: One person with several records
  A consumer or contact may have a user account, too. Whether the two records are one party
  is open; by default they are.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Anja is a user in Berlin
    And Anja's mobile number is "0151 23456789"

  @A-12 @A-2
  Scenario: The agent writes to the consumer who is the user of the conversation
    Given Ana is the same person as the user Anja
    And Anja has an SMS conversation with agent Bill
    And Cleo is an agent
    When Cleo texts Ana at that number "I can help, too"
    Then decision row A-2 applies
    And Cleo is not warned
    And the message goes into the existing interaction
    And the number belongs to Anja
    And for Ana the number is their own

  @A-12 @A-4
  Scenario: Linked records that are not one party
    Given the setting "linked_records_are_one_party" is "false"
    And Ana is the same person as the user Anja
    And Anja has an SMS conversation with agent Bill
    When Bill texts Ana at that number "Hello Ana"
    Then Bill is warned that the number is currently associated with Anja
    When Bill sends it anyway
    Then decision row A-4 applies
    And Anja's interaction is closed
    And the number belongs to Ana

  @A-12 @A-4
  Scenario: Records that are not linked are different parties
    Given Anja has an SMS conversation with agent Bill
    When Bill texts Ana at that number "Hello Ana"
    Then Bill is warned that the number is currently associated with Anja
    When Bill sends it anyway
    Then decision row A-4 applies
    And the number belongs to Ana

  @A-12
  Scenario: A contact and a consumer linked to one user are one party
    Given Ann is a contact in Berlin
    And Ana is the same person as the user Anja
    And Ann is the same person as the user Anja
    And Ana has an SMS conversation with agent Bill at "0151 23456789"
    When Bill texts Ann at that number "Hello Ann"
    Then decision row A-2 applies
    And Bill is not warned
