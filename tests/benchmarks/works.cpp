// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "work.h"

#include <cstring>

namespace qproxysql::bench {

#define SEQ20 \
    "seq,seq+1,seq+2,seq+3,seq+4,seq+5,seq+6,seq+7,seq+8,seq+9,seq+10,seq+11,seq+12,seq+13," \
    "seq+14,seq+15,seq+16,seq+17,seq+18,seq+19"

static constexpr char Prepared[] = "SELECT CAST(? AS SIGNED)";
static constexpr char Integers[] = "SELECT seq FROM seq_1_to_10000";
static constexpr char Mixed[] = "SELECT id, name, at FROM mixed"; // 10,000 rows
static constexpr char Wide[] = "SELECT " SEQ20 " FROM seq_1_to_1000";

namespace {

using Kind = WorkRow::Kind;

} // namespace

const std::vector<WorkRow> &workRows()
{
    // The limits are what was measured and a little more: docs/measurements.md says what stands in the way.
    // name, kind, statement, columns, limits: {to QMYSQL, to bare Connector/C}
    static const auto *const rows = new std::vector<WorkRow>{
            {"exec SELECT 1", Kind::ExecText, "SELECT 1", "", {1.03, 1.15}},
            {"query, exec, next, destroy", Kind::ExecOnce, "SELECT 1", "", {}},
            {"re-exec prepared", Kind::ReExec, Prepared, "", {0.62, 1.15}},
            {"prepare, exec, destroy: text again", Kind::PrepareAgain, Prepared, "", {0.35, 0}},
            {"prepare, exec, destroy: new text",
             Kind::PrepareFirst,
             "SELECT CAST(? AS SIGNED) + %1",
             "",
             {1.0, 0}},
            {"insert", Kind::ExecText, "INSERT INTO bench(a) VALUES (1)", "", {1.05, 1.15}},
            {"insert, prepared", Kind::ReExec, "INSERT INTO bench(a) VALUES (?)", "", {0.75, 1.15}},
            {"fetch int x 10,000", Kind::Fetch, Integers, "i", {0.65, 0}},
            {"fetch int x 10,000, prepared", Kind::FetchPrepared, Integers, "i", {1.08, 0}},
            {"fetch int, text, datetime x 10,000", Kind::Fetch, Mixed, "itd", {0.92, 0}},
            {"the same, prepared", Kind::FetchPrepared, Mixed, "itd", {1.08, 0}},
            {"fetch 20 int x 1,000", Kind::Fetch, Wide, "iiiiiiiiiiiiiiiiiiii", {0.55, 0}},
            {"close, open", Kind::OpenClose, "", "", {0.34, 0}},
            {"close, open, SELECT 1", Kind::OpenClose, "SELECT 1", "", {0.34, 0}},
            // What makes a reset necessary.
            {"close, open, SET @a = 1", Kind::OpenClose, "SET @a = 1", "", {}},
    };
    return *rows;
}

const WorkRow *workRow(const char *name)
{
    for (const WorkRow &row : workRows()) {
        if (std::strcmp(row.name, name) == 0)
            return &row;
    }
    return nullptr;
}

} // namespace qproxysql::bench
