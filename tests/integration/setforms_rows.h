// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

/// Statements, separated by '|', and what keeps the session afterwards: without session tracking, and with
/// it. "same": as without.
struct SetRow
{
    const char *statements;
    const char *reasons = "";
    const char *trackedReasons = "same";
};

inline constexpr SetRow SetRows[] = {
        // Names of character sets.
        {"SET NAMES latin1"},
        {"SET NAMES 'latin1'"},
        {"SET NAMES \"latin1\""},
        {"SET NAMES `latin1`"},
        {"set names LATIN1"},
        {"SET NAMES utf8mb3"},
        {"SET NAMES binary"},
        {"SET NAMES latin1 COLLATE latin1_bin"},
        {"SET NAMES 'latin1' COLLATE `latin1_german2_ci`"},
        {"SET NAMES `latin1` COLLATE 'latin1_bin'"},
        {"SET NAMES `latin1` COLLATE `latin1_bin`, @@time_zone = '+02:00'"},
        {"SET sql_mode = 'ANSI_QUOTES'|SET NAMES \"latin1\" COLLATE \"latin1_bin\""},
        {"SET NAMES DEFAULT", "charset"},
        {"SET NAMES latin1|SET NAMES DEFAULT", "charset"},
        {"SET CHARACTER SET `latin1`", "charset"},
        {"SET CHARSET 'latin1'", "charset"},
        {"SET character_set_results = `latin1`"},
        {"SET character_set_results = \"latin1\""},
        {"SET character_set_client = latin1, character_set_connection = `latin1`"},
        {"SET collation_connection = `utf8mb4_bin`"},
        {"SET @@collation_connection = utf8mb4_bin"},
        {"SET collation_connection = DEFAULT", "charset", ""},
        // Scopes and signs.
        {"SET SESSION time_zone = '+03:00'"},
        {"SET LOCAL time_zone = '+03:00'"},
        {"SET @@SESSION.time_zone = '+03:00'"},
        {"SET @@session.`time_zone` = '+03:00'"},
        {"SET @@local.time_zone := '+03:00'"},
        {"SET @@time_zone = '+03:00'"},
        {"SET @@`time_zone` = '+03:00'"},
        {"SET `time_zone` = '+03:00'"},
        {"SET SESSION `time_zone` := '+03:00'"},
        {"SET time_zone := '+03:00'"},
        {"SET time_zone = SYSTEM"},
        {"SET time_zone = `SYSTEM`"},
        {"SET time_zone = \"+03:00\""},
        {"SET time_zone = DEFAULT", "session_variables", ""},
        {"SET sql_mode = ANSI"},
        {"SET sql_mode = `ANSI`"},
        {"SET sql_mode = ''"},
        {"SET sql_mode = 'ANSI'|SET time_zone = \"SYSTEM\""},
        {"SET sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')", "session_variables", ""},
        {"SET foreign_key_checks = OFF"},
        {"SET foreign_key_checks = 'OFF'"},
        {"SET foreign_key_checks = FALSE, unique_checks = 0"},
        {"SET SESSION lock_wait_timeout = 7, @@group_concat_max_len = 2000"},
        {"SET SESSION lock_wait_timeout = 7, LOCAL sql_select_limit = 5000, wait_timeout := 99"},
        {"SET lock_wait_timeout = 3 + 4", "session_variables", ""},
        {"SET lock_wait_timeout = 5|SET lock_wait_timeout = DEFAULT", "session_variables", ""},
        {"SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"},
        {"SET LOCAL TRANSACTION ISOLATION LEVEL SERIALIZABLE"},
        {"SET SESSION tx_isolation = 'READ-COMMITTED'"},
        {"SET @@session.tx_isolation = `READ-COMMITTED`"},
        {"SET tx_isolation = `SERIALIZABLE`"},
        {"SET SESSION TRANSACTION READ ONLY", "session_variables"},
        {"SET autocommit = 0"},
        {"SET @@autocommit = OFF"},
        {"SET SESSION autocommit = `OFF`"},
        {"SET autocommit = 0, time_zone = '+04:00'"},
        {"SET max_join_size = 100", "session_variables"},
        // Variables for one statement, which sets something itself. The server restores them afterwards.
        {"SET STATEMENT lock_wait_timeout = 3 FOR SET SESSION lock_wait_timeout = 9"},
        {"SET STATEMENT `lock_wait_timeout` = 3 FOR SET @@lock_wait_timeout := 9"},
        {"SET SESSION lock_wait_timeout = 11|"
         "SET STATEMENT lock_wait_timeout = 3 FOR SET SESSION lock_wait_timeout = 9"},
        {"SET STATEMENT lock_wait_timeout = 3 FOR SET SESSION group_concat_max_len = 2000"},
        {"SET STATEMENT lock_wait_timeout = 3, group_concat_max_len = 99 FOR "
         "SET group_concat_max_len = 2000, sql_select_limit = 5000"},
        {"SET STATEMENT max_statement_time = 3 FOR SET NAMES latin1"},
        {"SET STATEMENT max_statement_time = 3 FOR USE other"},
        {"SET STATEMENT max_statement_time = 3 FOR "
         "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"},
        {"SET STATEMENT max_statement_time = 3 FOR SET autocommit = 0"},
        {"SET STATEMENT sql_mode = 'ANSI' FOR SET sql_mode = ''"},
        {"SET STATEMENT sql_mode = 'ANSI_QUOTES' FOR SET time_zone = '+05:00'"},
        {"SET STATEMENT time_zone = '+01:00' FOR SET time_zone = '+02:00', sql_mode = ''"},
        {"SET STATEMENT sql_select_limit = (SELECT 3) FOR SET sql_select_limit = 4000"},
        {"SET STATEMENT foreign_key_checks = 0 FOR SET unique_checks = 0, foreign_key_checks = 0"},
        {"SET STATEMENT max_statement_time = 3 FOR SET @a = 1", "user_variables"},
        {"SET STATEMENT max_statement_time = 3 FOR CREATE TEMPORARY TABLE tmp (x INT)",
         "temporary_tables"},
        {"SET STATEMENT time_zone = '+01:00' FOR CALL zone()", "stored_procedure"},
        {"SET STATEMENT sort_buffer_size = 100000 FOR SET sort_buffer_size = 200000"},
        {"SET STATEMENT max_join_size = 100 FOR SET max_join_size = 200", "session_variables"},
};
