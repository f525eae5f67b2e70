// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QTextBrowser>

namespace qproxysql {

/// Shows a legend, or a Markdown page of the documentation with its pictures and its links to other
/// pages and headings.
class HelpBrowser : public QTextBrowser
{
    Q_OBJECT

public:
    explicit HelpBrowser(QWidget *parent = nullptr);

protected:
    QVariant loadResource(int type, const QUrl &name) override;

private:
    void nameHeadings();
    void colorLinks();
};

} // namespace qproxysql
