// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

/// A child of the test: "reporting", which opens connections until each server of \a hosts has one, says
/// "ready", and does nothing more with them until it reads "end" or the end of its input.
int runIdleApplication(const QString &hosts);

/// Another one: "working", which asks \a server for a row all the time, in one connection of a pool of
/// \a hosts that begins with it, until it reads "end".
int runBusyApplication(const QString &server, const QString &hosts);
