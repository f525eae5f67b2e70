// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

/// What a child of the test is: an application with 40 idle connections in threads without event loop and
/// one open transaction. Says "ready PEER" with the transaction's peer, then does what each line tells
/// it: "work", "commit", "peers", "end"; and says what came of it. Returns the exit code.
int runCtlApplication(const QString &hosts);
