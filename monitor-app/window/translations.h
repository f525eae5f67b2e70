// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLocale>

namespace qproxysql {

/// Has the application speak the language of \a locale as far as it is translated: from what is built in,
/// else from the folder share/qproxysql/translations beside the program, where any other language can
/// be put. Qt's own texts, too, where they are installed. English needs it for its plurals.
void installTranslations(const QLocale &locale);

} // namespace qproxysql
